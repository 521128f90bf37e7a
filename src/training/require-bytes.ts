import { ConfigError } from "../errors.js";

/** Checks the argument of `loadPolicy`. @throws ConfigError that says what to pass */
export function requireBytes(given: unknown): asserts given is Uint8Array {
  if (given instanceof Uint8Array) return;
  const what = typeof given === "object" && given !== null && "checkpoint" in given ? "a run" : given;
  const allowed =
    "a Uint8Array: what run.checkpoint(), run.weights() or, after 20 episodes, run.bestPolicy() returns, or such a file's bytes";
  throw new ConfigError({ field: "bytes", given: what, allowed });
}
