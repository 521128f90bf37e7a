// How the benchmarks of sweeps end: figures, with what they were measured on.
import { writeFileSync } from "node:fs";
import { availableParallelism, cpus, loadavg } from "node:os";

/** Of the minute before: a benchmark imports this when it begins. */
const [load] = loadavg();

/** Prints the figures, and stores them in a file of this folder if it has a name. */
export function report(figures, name) {
  const machine = { node: process.version, cpu: cpus()[0]?.model, cores: availableParallelism() };
  const text = JSON.stringify({ ...figures, loadBefore: Number(load.toFixed(2)), ...machine }, null, 2);
  console.log(text);
  if (name) writeFileSync(new URL(name, import.meta.url), `${text}\n`);
}
