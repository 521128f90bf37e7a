import { ConfigError } from "../errors.js";

const ANY_FILE = "what run.checkpoint(), run.weights() or, after 20 episodes, run.bestPolicy() returns";

/** Checks the argument of `loadPolicy` or, with other words, of `resume`. @throws ConfigError that says what to pass */
export function requireBytes(given: unknown, source: string = ANY_FILE): asserts given is Uint8Array {
  if (given instanceof Uint8Array) return;
  const isRun = typeof given === "object" && given !== null && "checkpoint" in given;
  const isBuffer = given instanceof ArrayBuffer || ArrayBuffer.isView(given);
  const what = isRun ? "a run" : isBuffer ? given.constructor.name : given;
  const advice = isBuffer ? "; write new Uint8Array(buffer)" : "";
  const allowed = `a Uint8Array: ${source}, or such a file's bytes${advice}`;
  throw new ConfigError({ field: "bytes", given: what, allowed });
}
