import type { SpaceDescription } from "ascent/spaces";
import type { Frame, Outlook } from "../protocol.js";
import { densityOf, middleOf } from "./density.js";

/** Rows that fit below the picture. */
const MOST = 8;

export interface OutlookBarsProps {
  readonly frame: Pick<Frame, "outlook" | "action" | "mask"> | undefined;
  readonly space: SpaceDescription | undefined;
  readonly names: readonly string[] | undefined;
}

/** The policy's distribution at this step: a bar for each action, or a curve for each number of it. */
export function OutlookBars({ frame, space, names }: OutlookBarsProps) {
  const outlook = frame?.outlook;
  if (frame === undefined || outlook === undefined) return <div class="outlook" />;
  return (
    <div class="outlook">
      {outlook.kind === "normal" ? (
        <Curves outlook={outlook} action={frame.action} space={space} names={names} />
      ) : (
        <Bars outlook={outlook} frame={frame} names={names} />
      )}
    </div>
  );
}

function Bars({
  outlook: { probabilities },
  frame: { action, mask },
  names,
}: {
  readonly outlook: Extract<Outlook, { readonly kind: "choices" }>;
  readonly frame: Pick<Frame, "action" | "mask">;
  readonly names: readonly string[] | undefined;
}) {
  const several = probabilities.length > 1;
  const all = probabilities.flatMap((choice, c) => choice.map((probability, a) => ({ c, a, probability })));
  // With many actions, those count that are likely, or that were taken.
  const rows =
    all.length <= MOST
      ? all
      : all
          .toSorted((x, y) => Number(taken(action, y)) - Number(taken(action, x)) || y.probability - x.probability)
          .slice(0, MOST)
          .toSorted((x, y) => x.c - y.c || x.a - y.a);
  return (
    <>
      {rows.map(({ c, a, probability }) => {
        const forbidden = mask !== undefined && !mask[all.findIndex((other) => other.c === c && other.a === a)];
        return (
          <div class={taken(action, { c, a }) ? "bar taken" : "bar"} key={`${c}.${a}`}>
            <span>{`${several ? `${c + 1}: ` : ""}${names?.[a] ?? `action ${a}`}`}</span>
            <span class="track">
              <span class="fill" style={{ width: `${(100 * probability).toFixed(1)}%` }} />
            </span>
            <span class="number">{forbidden ? "not allowed" : `${Math.round(100 * probability)} %`}</span>
          </div>
        );
      })}
      {rows.length < all.length && <p class="help">{`The likeliest of ${all.length}.`}</p>}
    </>
  );
}

function taken(action: Frame["action"], { c, a }: { readonly c: number; readonly a: number }): boolean {
  return (typeof action === "object" ? action[c] : c === 0 ? action : undefined) === a;
}

const WIDTH = 200;
const HEIGHT = 34;

function Curves({
  outlook: { mean, deviation, squashed },
  action,
  space,
  names,
}: {
  readonly outlook: Extract<Outlook, { readonly kind: "normal" }>;
  readonly action: Frame["action"];
  readonly space: SpaceDescription | undefined;
  readonly names: readonly string[] | undefined;
}) {
  const bounds = space?.kind === "box" ? space : undefined;
  return (
    <>
      {mean.slice(0, MOST).map((_, j) => {
        const number = {
          mean: mean[j],
          deviation: deviation[j] ?? 0,
          squashed,
          low: bounds?.low[j] ?? null,
          high: bounds?.high[j] ?? null,
        };
        const { low, high, heights } = densityOf(number);
        const place = (x: number): number => (WIDTH * (Math.min(high, Math.max(low, x)) - low)) / (high - low);
        const drawn = typeof action === "object" ? action[j] : action;
        const line = heights
          .map(
            (height, i) => `${((i + 0.5) * WIDTH) / heights.length},${(HEIGHT - 1 - height * (HEIGHT - 4)).toFixed(1)}`,
          )
          .join(" ");
        const name = names?.[j] ?? `number ${j + 1}`;
        const text = `${name}: centre ${middleOf(number).toFixed(2)}, σ ${number.deviation.toFixed(2)}${squashed ? " before tanh" : ""}`;
        return (
          <div class="curve" key={j}>
            <span>{name}</span>
            <span>
              <svg
                viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
                preserveAspectRatio="none"
                role="img"
                aria-label={`${text}${drawn === undefined ? "" : `, taken ${drawn.toFixed(2)}`}`}
              >
                <polygon points={`0,${HEIGHT} ${line} ${WIDTH},${HEIGHT}`} />
                {drawn !== undefined && (
                  <line x1={place(drawn)} x2={place(drawn)} y1={0} y2={HEIGHT} vector-effect="non-scaling-stroke" />
                )}
              </svg>
              <span class="ends">
                <span>{low.toFixed(1)}</span>
                <span>{high.toFixed(1)}</span>
              </span>
            </span>
            <span class="number">{drawn?.toFixed(2) ?? ""}</span>
          </div>
        );
      })}
      {mean.length > MOST && <p class="help">{`The first ${MOST} of ${mean.length}.`}</p>}
    </>
  );
}
