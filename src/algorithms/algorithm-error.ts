/** Errors inside an algorithm that is not ours: they say whose they are. */

import { ConfigError, show } from "../errors.js";
import type { Algorithm, Diagnostics, Learner } from "./algorithm.js";
import { isBuiltIn } from "./registry.js";

/** What a method of an algorithm threw or returned that training can't use; what it threw is the `cause`. */
export class AlgorithmError extends Error {
  override readonly name = "AlgorithmError";
}

/**
 * Calls a method of an algorithm. What it throws becomes an `AlgorithmError` that names the method and the moment, such as
 * `update() of the algorithm ranked threw at update 12: …`. Errors of built-in algorithms, and a `ConfigError` about the
 * caller's settings, stay as they are.
 */
export function calling<T>(algorithm: Algorithm, method: string, when: string, call: () => T): T {
  try {
    return call();
  } catch (error) {
    if (isBuiltIn(algorithm) || error instanceof ConfigError || error instanceof AlgorithmError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    const text = `${method}() of the algorithm ${algorithm.name} threw${when}: ${reason}`;
    throw new AlgorithmError(text, { cause: error });
  }
}

/** A learner from an algorithm. @throws AlgorithmError where what `create` returns is none */
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

/** What an update reports. @throws AlgorithmError where a number that every update reports is missing */
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
