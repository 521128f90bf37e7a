/** Runs one test on a module that nobody has checked. */

import type { Evidence, Exercise, Fault, Test } from "./exercise.js";

/** The test's evidence. Where the answer threw, or is incomplete, that is the fault. */
export function runTest<Answer>(exercise: Exercise<Answer>, test: Test<Answer>, module: object): Evidence {
  const absent = exercise.functions.filter((name) => typeof Reflect.get(module, name) !== "function");
  if (absent.includes(test.subject))
    return { fault: { mistake: "missing", detail: `there is no function ${test.subject}` } };
  if (!isAnswer(exercise, module))
    return { fault: { mistake: "missing", detail: `${absent.join(", ")} has to be there too` } };
  try {
    return test.run(module);
  } catch (error) {
    return { fault: thrown(error) };
  }
}

function isAnswer<Answer>({ functions }: Exercise<Answer>, module: object): module is object & Answer {
  return functions.every((name) => typeof Reflect.get(module, name) === "function");
}

function thrown(error: unknown): Fault {
  const detail = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  if (/ is not written yet/.test(detail)) return { mistake: "not-written", detail };
  if (/used up by (an earlier )?backward\(\)/.test(detail)) return { mistake: "stale-graph", detail };
  if (/shapes \[(\d+), 1\] and \[\1\]|shapes \[(\d+)\] and \[\2, 1\]/.test(detail))
    return { mistake: "outer-product", detail };
  if (/depends on no parameter|is a tensor .*; stack\(\[…\]\)/.test(detail)) return { mistake: "detached", detail };
  return { mistake: "threw", detail };
}
