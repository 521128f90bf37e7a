/**
 * The bug zoo: plants each of 25 silent bugs on CartPole, and says whether the doctor names it.
 *
 *     npm run build && node bench/doctor/zoo.mjs
 *
 * `zoo.json` gets the table. The seconds are those until the bug was named.
 */
import { writeFileSync } from "node:fs";
import { bundledZoo } from "./bundled-zoo.mjs";

const { BUGS } = await bundledZoo();
const rows = BUGS.map(({ number, title, by, code, plant }) => {
  const start = performance.now();
  const codes = plant?.() ?? [];
  const seconds = Number(((performance.now() - start) / 1000).toFixed(2));
  return { number, title, by, code, named: code !== undefined && codes.includes(code), codes, seconds };
});
for (const { number, title, by, code, named, codes, seconds } of rows)
  console.log(`${number}. ${title}: ${named ? `${code} by ${by}, ${seconds} s` : `not named (${codes.join(", ")})`}`);
const named = rows.filter((row) => row.named).length;
console.log(`${named} of ${rows.length} named, the slowest after ${Math.max(...rows.map(({ seconds }) => seconds))} s`);
writeFileSync(new URL("zoo.json", import.meta.url), `${JSON.stringify({ named, rows }, null, 2)}\n`);
if (named < 20) process.exitCode = 1;
