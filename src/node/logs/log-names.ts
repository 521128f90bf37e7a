/** The logs that a run can write by name: Ascent's own, and those that programs register. */

import { ConfigError, nearest } from "../../errors.js";
import { CsvLog } from "./csv-log.js";
import type { LoggedRun, LogSink } from "./log-sink.js";
import { TensorboardLog } from "./tensorboard-log.js";

/** Opens a log for a run, new or resumed. */
export type OpenLog = (run: LoggedRun) => LogSink;

const logs = new Map<string, OpenLog>([
  ["tensorboard", (run) => new TensorboardLog(run)],
  ["csv", (run) => new CsvLog(run)],
]);

/**
 * Registers a log under a name, for `log` of `startRun` and for `--log`. `open` is called when a run starts or is resumed.
 *
 * @throws ConfigError if the name is taken, or no name
 */
export function registerLog(name: string, open: OpenLog): void {
  if (typeof name !== "string" || !/^[\w.-]+$/.test(name))
    throw new ConfigError({ field: "name", given: name, allowed: "letters, digits and . - _, such as my-log" });
  if (typeof open !== "function")
    throw new ConfigError({ field: "open", given: open, allowed: "a function that opens the log of a run" });
  if (logs.has(name) && logs.get(name) !== open)
    throw new ConfigError({ field: "name", given: name, allowed: "a name that is not registered yet" });
  logs.set(name, open);
}

/** @throws ConfigError unless each is the name of a log or has a `write` method */
export function checkLogs(given: unknown): void {
  const names = [...logs.keys()];
  const allowed = `${names.join(", ")}, or an object with write(update)`;
  if (!Array.isArray(given)) throw new ConfigError({ field: "log", given, allowed: `a list of ${allowed}` });
  for (const one of given as unknown[]) {
    if (typeof one === "string" ? logs.has(one) : isSink(one)) continue;
    const guess = typeof one === "string" ? nearest(one, names) : undefined;
    throw new ConfigError({ field: "log", given: one, allowed, nearest: guess });
  }
}

/** @throws ConfigError for a name that is not registered: import the module that registers it first */
export function openLogs(given: readonly (string | LogSink)[], run: LoggedRun): LogSink[] {
  checkLogs(given);
  return given.map((one) => (typeof one === "string" ? (logs.get(one) as OpenLog)(run) : one));
}

function isSink(value: unknown): boolean {
  return typeof value === "object" && value !== null && "write" in value && typeof value.write === "function";
}
