/** One bar an estimator: bias² and variance so far, with a dashed line where theory has their sum. */

import { colourOf } from "../../charts/palette.js";
import { short } from "../../number.js";
import type { EstimatorRow, Found } from "../protocol.js";
import { measured, opened } from "./state.js";
import { comparedWith, verdictOf, zText } from "./verdict.js";

export function ErrorBars() {
  const rows = opened.value?.rows;
  if (rows === undefined) return <p>The exact gradient and the predictions are being computed.</p>;
  const found = measured.value?.found;
  const batches = measured.value?.batches ?? 0;
  const sums = rows.map(({ expected }, i) => {
    const predicted = expected?.variance === undefined ? undefined : expected.biasSquared + expected.variance;
    return predicted ?? sumOf(found?.[i]) ?? 0;
  });
  const most = 1.15 * Math.max(...sums) || 1;
  return (
    <>
      <p class="bar-key" aria-hidden="true">
        <span class="sample bias" /> bias² <span class="sample variance" /> variance
        <span class="sample dashed" /> theory
      </p>
      <ul class="errors">
        {rows.map((row, i) => (
          <ErrorBar key={row.name} row={row} found={found?.[i]} batches={batches} most={most} colour={colourOf(i)} />
        ))}
      </ul>
    </>
  );
}

function sumOf(found: Found | undefined): number | undefined {
  return found && found.biasSquared + found.variance;
}

interface BarProps {
  readonly row: EstimatorRow;
  readonly found: Found | undefined;
  readonly batches: number;
  /** What the whole width stands for. */
  readonly most: number;
  readonly colour: string;
}

function ErrorBar({ row, found, batches, most, colour }: BarProps) {
  const verdict = verdictOf(row, found, batches);
  const percent = (x: number): string => `${Math.min(100, (100 * x) / most)}%`;
  const { expected } = row;
  return (
    <li class={`estimator-error ${verdict.kind}`} data-estimator={row.name}>
      <div class="estimator-name">
        <span class="swatch" style={{ background: colour }} />
        <strong>{row.name}</strong>
        <span class="quiet-text">{row.summary}</span>
      </div>
      <div
        class="parts"
        role="img"
        aria-label={found && `bias² ${short(found.biasSquared)}, variance ${short(found.variance)}`}
      >
        <span class="part bias" style={{ width: percent(found?.biasSquared ?? 0) }} />
        <span class="part variance" style={{ width: percent(found?.variance ?? 0), background: colour }} />
        {expected !== undefined && expected.biasSquared > 1e-4 * most && (
          <span class="theory" style={{ left: percent(expected.biasSquared) }} />
        )}
        {expected?.variance !== undefined && (
          <span class="theory" style={{ left: percent(expected.biasSquared + expected.variance) }} />
        )}
      </div>
      <dl class="numbers">
        <Pair name="bias²" now={found?.biasSquared} theory={expected?.biasSquared} />
        <Pair name="variance" now={found?.variance} theory={expected?.variance} />
        <div>
          <dt>{comparedWith(row)}</dt>
          <dd class="z">{found === undefined ? "…" : zText(found.z)}</dd>
        </div>
      </dl>
      <p class="judgement">{verdict.sentence}</p>
    </li>
  );
}

function Pair({ name, now, theory }: { name: string; now: number | undefined; theory: number | undefined }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {now === undefined ? "…" : clean(now)}
        <span class="quiet-text">{theory === undefined ? "" : ` (theory ${clean(theory)})`}</span>
      </dd>
    </div>
  );
}

/** What is only rounding is 0. */
function clean(x: number): string {
  return Math.abs(x) < 1e-12 ? "0" : short(x);
}
