/** Errors inside a user's algorithm, which name the algorithm and the method. */

import { ConfigError, NotFiniteError, show } from "../errors.js";
import type { Algorithm, Diagnostics, Learner } from "./algorithm.js";
import { isBuiltIn } from "./entries.js";

/** A method of an algorithm threw an error, which is the `cause`, or returned something that training can't use. */
export class AlgorithmError extends Error {
  override readonly name = "AlgorithmError";
}

/**
 * Calls a method of an algorithm. An error that it throws becomes an `AlgorithmError` that says where and when, such as
 * `update() of the algorithm ranked threw at update 12: …`. Errors of built-in algorithms, a `ConfigError` about the
 * caller's settings, and a `NotFiniteError` are not changed.
 */
export function calling<T>(algorithm: Algorithm, method: string, when: string, call: () => T): T {
  try {
    return call();
  } catch (error) {
    if (isBuiltIn(algorithm) || isOurs(error)) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    const text = `${method}() of the algorithm ${algorithm.name} threw${when}: ${reason}`;
    throw new AlgorithmError(text, { cause: error });
  }
}

/** Errors that say enough by themselves. */
function isOurs(error: unknown): boolean {
  return error instanceof ConfigError || error instanceof NotFiniteError || error instanceof AlgorithmError;
}

/** Checks the result of `create`. @throws AlgorithmError if it is not a learner */
export function checkLearner(algorithm: Algorithm, learner: Learner): Learner {
  const expected = "an object with policy, weights, optimizers and update";
  if (typeof learner !== "object" || learner === null) refuse(algorithm, "create", "", learner, expected);
  const { policy, weights, optimizers, update } = learner;
  if (typeof policy?.parameters !== "function") refuse(algorithm, "create", "", { policy }, expected);
  if (!Array.isArray(weights)) refuse(algorithm, "create", "", { weights }, expected);
  if (!Array.isArray(optimizers)) refuse(algorithm, "create", "", { optimizers }, expected);
  if (typeof update !== "function") refuse(algorithm, "create", "", { update }, expected);
  return learner;
}

/** Checks the result of `update`. @throws AlgorithmError if a required number is missing */
export function checkDiagnostics(algorithm: Algorithm, when: string, diagnostics: Diagnostics): Diagnostics {
  const names = ["loss", "entropy", "gradientNorm", "learningRate"];
  const expected = `an object of numbers with ${names.join(", ")}`;
  if (typeof diagnostics !== "object" || diagnostics === null) refuse(algorithm, "update", when, diagnostics, expected);
  const wrong = [...names, ...Object.keys(diagnostics)].find((name) => typeof diagnostics[name] !== "number");
  if (wrong !== undefined) refuse(algorithm, "update", when, { [wrong]: diagnostics[wrong] }, expected);
  return diagnostics;
}

function refuse(algorithm: Algorithm, method: string, when: string, given: unknown, expected: string): never {
  const text = `${method}() of the algorithm ${algorithm.name} returned ${show(given)}${when}; expected ${expected}`;
  throw new AlgorithmError(text);
}
