/** The process that runs a learner's code: `node answer-program.js EXERCISE FILE`. It ends when its channel closes. */

import { register } from "node:module";
import { type Evidence, exercises } from "../../exercise/index.js";
import { withMeantImport } from "../../exercise/meant.js";
import { importModule, whereIn } from "../modules/import-module.js";
import type { Message } from "./messages.js";

const [, , name, file] = process.argv;

register("./ascent-here.js", import.meta.url);
process.on("disconnect", () => process.exit());
try {
  const module = await importModule(file);
  const tests = exercises.find((exercise) => exercise.name === name)?.tests ?? [];
  process.on("message", (wanted: string) => {
    for (const test of tests) if (test.name === wanted) say({ evidence: located(test.run(module)) });
  });
  say({ loaded: true });
} catch (error) {
  say({ problem: withMeantImport(error instanceof Error ? error.message : String(error)) });
}

/** With the line of the file in place of what was thrown, which may not be fit for sending. */
function located(evidence: Evidence): Evidence {
  if (evidence.fault === undefined) return evidence;
  const { cause, mistake, detail } = evidence.fault;
  return { ...evidence, fault: { mistake, detail: detail + whereIn(file, cause) } };
}

function say(message: Message): void {
  process.send?.(message);
}
