/**
 * Plants each bug of the zoo in a copy of the sources, and runs the test that has to fail.
 *
 *     node bench/doctor/kills.mjs [NUMBER …]
 *
 * Each test must pass on the sources as they are and fail with the bug. `kills.json` gets the table; with numbers, only
 * those rows of it are made anew. It takes about five seconds a bug.
 */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { bundledZoo } from "./bundled-zoo.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));
const copy = `${root}build/mutant/`;
const file = new URL("kills.json", import.meta.url);
const { KILLERS } = await bundledZoo("killers");
const wanted = process.argv.slice(2).map(Number);
const chosen = KILLERS.filter(({ number }) => wanted.length === 0 || wanted.includes(number));
const before = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")).rows : [];

rmSync(copy, { recursive: true, force: true });
mkdirSync(`${copy}build`, { recursive: true });
for (const folder of ["src", "test"]) cpSync(`${root}${folder}`, `${copy}${folder}`, { recursive: true });
for (const name of ["package.json", "vitest.config.ts", "build/native"])
  symlinkSync(`${root}${name}`, `${copy}${name}`);

const sound = passes([...new Set(chosen.map(({ test }) => test))]);
if (!sound) throw new Error("a test fails on the sources as they are");
const fresh = chosen.map(({ number, file, right, wrong, test }) => {
  const text = readFileSync(`${root}${file}`, "utf8");
  writeFileSync(
    `${copy}${file}`,
    text.replace(right, () => wrong),
  );
  const killed = !passes([test]);
  writeFileSync(`${copy}${file}`, text);
  console.log(`${number}. ${file}: ${killed ? "killed" : "NOT killed"} by ${test}`);
  return { number, file, wrong, test, killed };
});
rmSync(copy, { recursive: true, force: true });

const numbers = new Set(fresh.map(({ number }) => number));
const rows = [...before.filter(({ number }) => !numbers.has(number)), ...fresh].sort((a, b) => a.number - b.number);
const killed = rows.filter((row) => row.killed).length;
console.log(`${killed} of ${KILLERS.length} killed`);
writeFileSync(file, `${JSON.stringify({ killed, rows }, null, 2)}\n`);
if (killed < KILLERS.length) process.exitCode = 1;

function passes(tests) {
  const words = ["vitest", "run", "--root", copy, "--bail", "1", "--reporter", "dot", ...tests];
  return spawnSync("npx", words, { cwd: root, stdio: "ignore", env: { ...process.env, CI: "1" } }).status === 0;
}
