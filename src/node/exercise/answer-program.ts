/** The process that runs a learner's code: `node answer-program.js EXERCISE FILE`. It ends when its channel closes. */

import { register } from "node:module";
import { exercises } from "../../exercise/index.js";
import { importModule } from "../modules/import-module.js";
import type { Message } from "./messages.js";

const [, , name, file] = process.argv;

register("./ascent-here.js", import.meta.url);
process.on("disconnect", () => process.exit());
try {
  const module = await importModule(file);
  const tests = exercises.find((exercise) => exercise.name === name)?.tests ?? [];
  process.on("message", (wanted: string) => {
    for (const test of tests) if (test.name === wanted) say({ evidence: test.run(module) });
  });
  say({ loaded: true });
} catch (error) {
  say({ problem: error instanceof Error ? error.message : String(error) });
}

function say(message: Message): void {
  process.send?.(message);
}
