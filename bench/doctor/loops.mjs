/**
 * Loops by hand that are right: what `inspect` says of them, and how far their steps move the weights.
 *
 *     npm run build && node bench/doctor/loops.mjs
 *
 * Every variant of `test/bug-zoo/healthy-loops.ts` runs with three seeds. `loops.json` gets the extremes.
 */
import { writeFileSync } from "node:fs";
import { bundledZoo } from "./bundled-zoo.mjs";
import { medianOf } from "./figures.mjs";

/** The steps that the doctor judges: too long in the first ones, too short in all. */
const FIRST = 10;
const MANY = 40;

const { HEALTHY } = await bundledZoo("healthy-loops");
const rows = HEALTHY.map(({ title, run }) => {
  const loops = [1, 2, 3].map((seed) => run({ updates: 60, seed }));
  const codes = [
    ...new Set(loops.flatMap(({ findings }) => findings.map(({ code, severity }) => `${severity} ${code}`))),
  ];
  const longest = Math.max(...loops.map(({ steps }) => medianOf(steps.slice(0, FIRST))));
  const shortest = Math.min(...loops.map(({ steps }) => medianOf(steps.slice(0, MANY))));
  const mean = loops
    .flatMap(({ lengths }) => lengths.slice(-5))
    .reduce((sum, length, _, { length: n }) => sum + length / n, 0);
  console.log(
    `${title}: ${codes.join(", ") || "-"}; steps ${longest.toPrecision(3)} to ${shortest.toPrecision(3)}, last episodes ${mean.toFixed(0)}`,
  );
  return { title, codes, longest: Number(longest.toPrecision(4)), shortest: Number(shortest.toPrecision(4)) };
});
const extremes = {
  stepLong: Math.max(...rows.map(({ longest }) => longest)),
  stepShort: Math.min(...rows.map(({ shortest }) => shortest)),
};
console.log(`Findings in ${rows.filter(({ codes }) => codes.length > 0).length} of ${rows.length} loops.`, extremes);
writeFileSync(new URL("loops.json", import.meta.url), `${JSON.stringify({ extremes, rows }, null, 2)}\n`);
if (rows.some(({ codes }) => codes.length > 0)) process.exitCode = 1;
