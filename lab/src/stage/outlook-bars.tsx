import type { Frame, Outlook } from "../protocol.js";

/** Rows that fit beside the picture. */
const MOST = 8;

/** The policy's distribution at this step: a bar for each action, or mean and deviation of each number. */
export function OutlookBars({
  outlook,
  action,
}: {
  readonly outlook: Outlook | undefined;
  readonly action: Frame["action"];
}) {
  if (outlook === undefined) return <div class="outlook" />;
  if (outlook.kind === "normal")
    return (
      <div class="outlook">
        {outlook.mean.slice(0, MOST).map((mean, j) => (
          <div class="bar" key={j}>
            <span>{`μ ± σ ${outlook.mean.length > 1 ? j + 1 : ""}`}</span>
            <span class="normal">{`${mean.toFixed(2)} ± ${(outlook.deviation[j] ?? 0).toFixed(2)}`}</span>
          </div>
        ))}
      </div>
    );
  return (
    <div class="outlook">
      {outlook.probabilities.slice(0, 2).flatMap((choice, c) =>
        choice.slice(0, MOST).map((probability, a) => (
          <div class={a === chosen(action, c) ? "bar taken" : "bar"} key={`${c}.${a}`}>
            <span>{`π(${a}|s)`}</span>
            <span class="track">
              <span class="fill" style={{ width: `${(100 * probability).toFixed(1)}%` }} />
            </span>
            <span class="number">{`${Math.round(100 * probability)} %`}</span>
          </div>
        )),
      )}
    </div>
  );
}

function chosen(action: Frame["action"], choice: number): number | undefined {
  return typeof action === "object" ? action[choice] : choice === 0 ? action : undefined;
}
