/** π, π_ref and π* of each outcome: a column, a line in it, and an outline around where it should end. */

import { useSignal } from "@preact/signals";
import { short } from "../../number.js";
import { keysAlong } from "../along.js";
import { type Bars, bars, told } from "./exact-state.js";

const HEIGHT = 190;
const WIDTH = 640;
/** Below the columns, for their names. */
const FOOT = 18;
/** With more outcomes, names would touch. */
const MOST_NAMES = 20;

export function Columns() {
  const shown = bars.value;
  const at = useSignal<number | undefined>(undefined);
  if (shown === undefined) return <div class="columns-place" />;
  const policy = Array.from(told.value?.policy ?? [], Math.exp);
  const count = shown.names.length;
  const most = Math.max(...shown.reference, ...shown.optimum, ...policy) * 1.05;
  const isLong = count > MOST_NAMES;
  // Of many outcomes, most have next to nothing: the square root lets them be seen.
  const height = (probability = 0): number => (isLong ? Math.sqrt(probability / most) : probability / most);
  const order = byOptimum(shown);
  const slot = WIDTH / count;
  const place = at.value;
  const pick = (to: number | undefined): void => {
    at.value = to;
  };
  return (
    <figure class="columns-chart">
      <figcaption class="language-key" aria-hidden="true">
        <span>
          <i class="key-policy" /> π, what learns
        </span>
        <span>
          <i class="key-optimum" /> π*, the optimum
        </span>
        <span>
          <i class="key-reference" />
          <span>
            π<sub>ref</sub>, the reference
          </span>
        </span>
        {isLong && <span>heights are square roots</span>}
      </figcaption>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT + FOOT}`}
        preserveAspectRatio="none"
        role="application"
        aria-roledescription="chart"
        aria-label={`Probabilities of ${count} ${isLong ? "texts" : "tokens"} by π, π* and π_ref, the likeliest by π* first. Arrow keys move along.`}
        tabindex={0}
        onKeyDown={keysAlong({ count, at: place, go: pick })}
        onPointerMove={({ currentTarget, clientX }) => {
          const { left, width } = currentTarget.getBoundingClientRect();
          pick(Math.min(count - 1, Math.max(0, Math.floor(((clientX - left) / width) * count))));
        }}
        onPointerLeave={() => pick(undefined)}
      >
        {order.map((outcome, i) => (
          <Column
            key={outcome}
            left={i * slot}
            width={slot}
            policy={height(policy[outcome])}
            optimum={height(shown.optimum[outcome])}
            reference={height(shown.reference[outcome])}
            isPicked={i === place}
          />
        ))}
      </svg>
      {!isLong && (
        <div class="column-names" aria-hidden="true">
          {order.map((outcome) => (
            <span key={outcome}>{shown.names[outcome]}</span>
          ))}
        </div>
      )}
      <p class="reading-line" role="status">
        {place === undefined
          ? "Point at a column, or move along with the arrow keys, to read it."
          : readingOf(shown, policy, order[place])}
      </p>
      <Table shown={shown} policy={policy} order={order} />
    </figure>
  );
}

function byOptimum({ optimum }: Bars): number[] {
  return optimum.map((_, i) => i).sort((a, b) => optimum[b] - optimum[a]);
}

function readingOf({ names, rewards, reference, optimum }: Bars, policy: readonly number[], i: number): string {
  return `“${names[i]}”, reward ${short(rewards[i])}: π ${short(policy[i] ?? 0)}, π* ${short(optimum[i])}, π_ref ${short(reference[i])}`;
}

interface ColumnProps {
  readonly left: number;
  readonly width: number;
  /** As shares of the height. */
  readonly policy: number;
  readonly optimum: number;
  readonly reference: number;
  readonly isPicked: boolean;
}

function Column({ left, width, policy, optimum, reference, isPicked }: ColumnProps) {
  const gap = width * 0.14;
  const inner = { x: left + gap, width: width - 2 * gap };
  const top = (share: number): number => HEIGHT - share * HEIGHT;
  return (
    <g class={isPicked ? "column-of picked-column" : "column-of"}>
      <rect class="column-ground" x={left} width={width} y={0} height={HEIGHT + FOOT} />
      <rect class="column-policy" {...inner} y={top(policy)} height={policy * HEIGHT} />
      <rect class="column-optimum" {...inner} y={top(optimum)} height={optimum * HEIGHT} />
      <line class="column-reference" x1={left} x2={left + width} y1={top(reference)} y2={top(reference)} />
    </g>
  );
}

function Table({
  shown: { names, rewards, reference, optimum },
  policy,
  order,
}: {
  readonly shown: Bars;
  readonly policy: readonly number[];
  readonly order: readonly number[];
}) {
  const isOpen = useSignal(false);
  return (
    <details onToggle={({ currentTarget }) => (isOpen.value = currentTarget.open)}>
      <summary>As a table</summary>
      {isOpen.value && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: keys scroll it.
        <section class="table-scroll" aria-label="Probabilities as a table" tabIndex={0}>
          <table class="outcomes">
            <thead>
              <tr>
                <th scope="col">outcome</th>
                <th scope="col">reward</th>
                <th scope="col">π</th>
                <th scope="col">π*</th>
                <th scope="col">π_ref</th>
              </tr>
            </thead>
            <tbody>
              {order.map((i) => (
                <tr key={i}>
                  <th scope="row">{names[i]}</th>
                  <td>{short(rewards[i])}</td>
                  <td>{short(policy[i] ?? 0)}</td>
                  <td>{short(optimum[i])}</td>
                  <td>{short(reference[i])}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </details>
  );
}
