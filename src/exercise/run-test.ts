/** Runs one test on a module that nobody has checked. */

import type { Evidence, Exercise, Fault, Test } from "./exercise.js";
import { misnamed } from "./meant.js";
import type { MistakeName } from "./mistakes.js";

/** The test's evidence. Where the answer threw, or is incomplete, that is the fault. */
export function runTest<Answer>(exercise: Exercise<Answer>, test: Test<Answer>, module: object): Evidence {
  if (!isAnswer(exercise, module)) return { fault: missing(test.subject, absentFrom(exercise, module)) };
  try {
    return test.run(module);
  } catch (error) {
    return { fault: thrown(error) };
  }
}

function isAnswer<Answer>(exercise: Exercise<Answer>, module: object): module is object & Answer {
  return absentFrom(exercise, module).length === 0;
}

/** The functions that the module lacks. */
function absentFrom({ functions }: Exercise<never>, module: object): string[] {
  return functions.filter((name) => typeof Reflect.get(module, name) !== "function");
}

function missing(subject: string, absent: readonly string[]): Fault {
  const detail = absent.includes(subject)
    ? `there is no function ${subject}`
    : `${absent.join(", ")} has to be there too`;
  return { mistake: "missing", detail };
}

/** What the messages of errors say about the mistake. */
const TOLD: readonly (readonly [message: RegExp, mistake: MistakeName])[] = [
  [/ is not written yet/, "not-written"],
  [/used up by (an earlier )?backward\(\)/, "stale-graph"],
  [/shapes \[(\d+), 1\] and \[\1\]|shapes \[(\d+)\] and \[\2, 1\]/, "outer-product"],
  [/depends on no parameter|is a tensor .*; stack\(\[…\]\)/, "detached"],
  [/tensor: the shape must be .*, it is \d+$/, "mapped-directly"],
];

function thrown(error: unknown): Fault {
  const detail = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const [, mistake] = TOLD.find(([message]) => message.test(detail)) ?? [];
  const told = mistake === undefined ? misnamed(detail) : { mistake, detail };
  return { mistake: "threw", detail, ...told, cause: error };
}
