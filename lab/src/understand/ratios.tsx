/** How far an update moved the policy: the histogram of π_new/π_old over the batch, and what clipping makes of it. */

import type { Clipping } from "../protocol.js";
import { countsOf, reachOf } from "./histogram.js";

interface RatiosProps {
  readonly ratios: Float32Array;
  readonly clipping: Clipping | undefined;
}

export function Ratios({ ratios, clipping }: RatiosProps) {
  const reach = reachOf(ratios, clipping?.range ?? 0);
  const before = countsOf(ratios, reach);
  const after = clipping && countsOf(clipping.counted, reach);
  const most = Math.max(...before, ...(after ?? []));
  const shared = { most, reach, range: clipping?.range };
  const span = `from ${(1 - reach).toFixed(2)} to ${(1 + reach).toFixed(2)}`;
  return (
    <section aria-label="Ratios">
      <h3>How far it went</h3>
      <p class="help">{`π_new/π_old of each of the ${ratios.length} steps after the update, ${span}; what lies beyond is in the outer bars.`}</p>
      <Histogram {...shared} counts={before} name={clipping === undefined ? "all ratios" : "before clipping"} />
      {after !== undefined && <Histogram {...shared} counts={after} name="after clipping" />}
      <p data-clipped={clipping?.held ?? 0}>{saying(ratios.length, clipping)}</p>
    </section>
  );
}

/** What the clip range does, in words. */
function saying(size: number, clipping: Clipping | undefined): string {
  if (clipping === undefined) return "This algorithm clips no ratios: every step keeps its gradient.";
  const { range, held, returning } = clipping;
  const percent = (100 * held) / size;
  const share = `${held === 0 || percent >= 10 ? percent.toFixed(0) : percent.toPrecision(2)} %`;
  const first = `${share} of the steps (${held} of ${size}) are beyond 1 ± ${Number(range.toPrecision(3))} on the side that their advantage asks for: they have no gradient any more.`;
  if (returning === 0) return first;
  const others = returning === 1 ? "1 more is" : `${returning} more are`;
  return `${first} ${others} beyond it against their advantage, where nothing is clipped: the gradient leads them back.`;
}

interface HistogramProps {
  readonly name: string;
  readonly counts: readonly number[];
  /** The largest count of all histograms that share a scale. */
  readonly most: number;
  readonly reach: number;
  readonly range: number | undefined;
}

function Histogram({ name, counts, most, reach, range }: HistogramProps) {
  /** The place of a ratio among the bars, whose middles are at 0.5, 1.5 … */
  const at = (ratio: number): number => ((ratio - 1) / reach + 1) * 0.5 * (counts.length - 1) + 0.5;
  const bounds = range === undefined ? [] : [1 - range, 1 + range];
  return (
    <figure class="ratios">
      <figcaption>{name}</figcaption>
      <svg viewBox={`0 0 ${counts.length} 40`} preserveAspectRatio="none" role="img" aria-label={`Histogram: ${name}`}>
        {counts.map((count, i) => (
          <rect
            key={i}
            x={i + 0.05}
            width={0.9}
            y={40 - (40 * count) / most}
            height={(40 * count) / most}
            class="portion"
          />
        ))}
        {bounds.map((bound) => (
          <line key={bound} x1={at(bound)} x2={at(bound)} y1={0} y2={40} class="bound" />
        ))}
      </svg>
      <div class="ticks" aria-hidden="true">
        {[...bounds, 1].map((ratio) => (
          <span key={ratio} style={{ left: `${(100 * at(ratio)) / counts.length}%` }}>
            {Number(ratio.toPrecision(3))}
          </span>
        ))}
      </div>
    </figure>
  );
}
