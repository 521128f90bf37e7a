/** An episode step by step: who got which credit, and how much likelier each action became. */

import { useSignal } from "@preact/signals";
import type { Lesson } from "../protocol.js";

export function CreditOfSteps({ lesson }: { readonly lesson: Lesson }) {
  const at = useSignal<number | undefined>(undefined);
  const t = Math.min(at.value ?? steepest(lesson), lesson.rewards.length - 1);
  const { rewards, returns, baseline, advantages, logProbs, newLogProbs, actions } = lesson;
  const change = newLogProbs.map((after, i) => after - logProbs[i]);
  const ratio = Math.exp(change[t]);
  const ending = { terminated: "a terminal state", truncated: "the time limit", cut: "the end of the batch" }[
    lesson.ended
  ];
  return (
    <>
      <p>
        {`Update ${lesson.update}, its longest episode: ${rewards.length} steps to ${ending}. Each column is a step. `}
        Above: its advantage. Below: how much likelier its action became.
      </p>
      <Strip advantages={advantages} change={change} at={t} onPick={(i) => (at.value = i)} />
      <label class="inline">
        step
        <input
          type="range"
          min={0}
          max={rewards.length - 1}
          value={t}
          onInput={({ currentTarget }) => (at.value = Number(currentTarget.value))}
        />
        <output>{t}</output>
      </label>
      <table class="credit">
        <tbody>
          <Row name="action" value={actions[t].map((x) => (Number.isInteger(x) ? x : x.toFixed(3))).join(", ")} />
          <Row name="reward r" value={rewards[t].toFixed(3)} />
          {returns && <Row name="return to go, or target of V: G" value={returns[t].toFixed(3)} />}
          {baseline && <Row name="baseline V(s)" value={baseline[t].toFixed(3)} />}
          {advantages && <Row name="advantage A, as it weighs ∇log π" value={fixed(advantages[t])} />}
          <Row name="log π(a|s), before → after" value={`${logProbs[t].toFixed(4)} → ${newLogProbs[t].toFixed(4)}`} />
        </tbody>
      </table>
      <p class="conclusion">
        {`The action became ${ratio >= 1 ? "likelier" : "less likely"}: × ${ratio.toFixed(4)}. `}
        {advantages &&
          `Its advantage is ${advantages[t] >= 0 ? "positive, so the update pushed it up" : "negative, so the update pushed it down"}`}
        {advantages &&
          (advantages[t] >= 0 === ratio >= 1
            ? "."
            : "; but other steps share the same weights, and pushed harder the other way.")}
      </p>
    </>
  );
}

/** The step with the largest advantage, to either side, which the update cared about most. */
function steepest({ advantages = [] }: Lesson): number {
  return advantages.reduce((best, A, t) => (Math.abs(A) > Math.abs(advantages[best]) ? t : best), 0);
}

/** Three decimals, and a small number as what it is, not as 0. */
function fixed(x: number): string {
  return x !== 0 && Math.abs(x) < 0.0005 ? x.toExponential(1) : x.toFixed(3);
}

function Row({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{value}</td>
    </tr>
  );
}

/** Two rows of bars on one line of steps. */
function Strip({
  advantages,
  change,
  at,
  onPick,
}: {
  readonly advantages: readonly number[] | undefined;
  readonly change: readonly number[];
  readonly at: number;
  readonly onPick: (step: number) => void;
}) {
  const n = change.length;
  const bars = (numbers: readonly number[], middle: number, height: number, name: string) => {
    const largest = Math.max(...numbers.map(Math.abs)) || 1;
    return numbers.map((x, i) => {
      const size = (Math.abs(x) / largest) * height;
      return (
        <rect
          key={`${name}${i}`}
          x={i}
          width={0.9}
          y={x >= 0 ? middle - size : middle}
          height={size}
          class={x >= 0 ? "up" : "down"}
        />
      );
    });
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the slider below does the same by keyboard
    <svg
      class="strip"
      viewBox={`0 0 ${n} 100`}
      preserveAspectRatio="none"
      role="img"
      aria-label="Advantages above, changes of log-probability below, step by step"
      onClick={({ currentTarget, clientX }) => {
        const { left, width } = currentTarget.getBoundingClientRect();
        onPick(Math.min(n - 1, Math.floor(((clientX - left) / width) * n)));
      }}
    >
      <rect x={at} width={1} y={0} height={100} class="picked" />
      {advantages && bars(advantages, 25, 24, "a")}
      {bars(change, 75, 24, "c")}
    </svg>
  );
}
