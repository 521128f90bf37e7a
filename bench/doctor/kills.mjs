/**
 * Plants each bug of the zoo in a copy of the sources, and runs the test that has to fail.
 *
 *     node bench/doctor/kills.mjs [NUMBER …]
 *
 * Each test must pass on the sources as they are and fail with the bug. `kills.json` gets the table; with numbers, only
 * those rows of it are made anew. It takes about five seconds a bug on an idle machine.
 */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { bundledZoo } from "./bundled-zoo.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));
const copy = `${root}build/mutant-${process.pid}/`;
const results = new URL("kills.json", import.meta.url);
const { KILLERS } = await bundledZoo("killers");
const wanted = process.argv.slice(2).map(Number);
const chosen = KILLERS.filter(({ number }) => wanted.length === 0 || wanted.includes(number));

rmSync(copy, { recursive: true, force: true });
mkdirSync(`${copy}build`, { recursive: true });
for (const folder of ["src", "test"]) cpSync(`${root}${folder}`, `${copy}${folder}`, { recursive: true });
for (const name of ["package.json", "vitest.config.ts", "build/native"])
  symlinkSync(`${root}${name}`, `${copy}${name}`);

if (!passes([...new Set(chosen.map(({ test }) => test))], "inherit")) process.exit(1);
for (const { number, file, right, wrong, test } of chosen) {
  const text = readFileSync(`${root}${file}`, "utf8");
  writeFileSync(
    `${copy}${file}`,
    text.replace(right, () => wrong),
  );
  const killed = !passes([test]);
  writeFileSync(`${copy}${file}`, text);
  console.log(`${number}. ${file}: ${killed ? "killed" : "NOT killed"} by ${test}`);
  store({ number, file, wrong, test, killed });
}
rmSync(copy, { recursive: true, force: true });
const killed = stored().filter((row) => row.killed).length;
console.log(`${killed} of ${KILLERS.length} killed`);
if (killed < KILLERS.length) process.exitCode = 1;

function stored() {
  return existsSync(results) ? JSON.parse(readFileSync(results, "utf8")).rows : [];
}

/** Puts one row into the table. */
function store(row) {
  const others = stored().filter(({ number }) => number !== row.number);
  const rows = [...others, row].sort((one, other) => one.number - other.number);
  const killed = rows.filter((one) => one.killed).length;
  writeFileSync(results, `${JSON.stringify({ killed, rows }, null, 2)}\n`);
}

function passes(tests, stdio = "ignore") {
  const words = [
    `${root}node_modules/vitest/vitest.mjs`,
    "run",
    "--root",
    copy,
    "--bail",
    "1",
    "--reporter",
    "dot",
    ...tests,
  ];
  return spawnSync(process.execPath, words, { cwd: root, stdio, env: { ...process.env, CI: "1" } }).status === 0;
}
