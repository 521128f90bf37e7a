/**
 * Measures what a page downloads: programs bundled and minified by esbuild, then compressed as servers do.
 *
 *   npm run build && node bench/bundle/run.mjs
 *
 * Reports kB (1,000 bytes) and writes results.json. Exits with 1 if a program is above its limit.
 */
import { writeFileSync } from "node:fs";
import { commit } from "../race.mjs";
import { programs, sizeOf } from "./bundles.mjs";

const kB = (bytes) => Number((bytes / 1000).toFixed(1));
const results = {};
for (const [name, { source, most }] of Object.entries(programs)) {
  const { minified, gzipped } = await sizeOf(source);
  results[name] = { minified: kB(minified), gzipped: kB(gzipped), most };
  if (gzipped > 1000 * most) process.exitCode = 1;
}
console.table(results);
const about = { bench: "bundle", commit: commit() };
writeFileSync(new URL("results.json", import.meta.url), `${JSON.stringify({ about, results }, null, 2)}\n`);
