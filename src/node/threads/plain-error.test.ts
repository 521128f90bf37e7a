import { expect, it } from "vitest";
import { ConfigError } from "../../errors.js";
import { EnvironmentError } from "../../rollout/guard.js";
import { plainError, revivedError } from "./plain-error.js";

const sent = (error: unknown): Error => revivedError(structuredClone(plainError(error)));

it("an error of an environment arrives from another thread with what caused it, and where", () => {
  const cause = new TypeError("the floor gave way");
  const error = sent(new EnvironmentError("step() of environment 3 threw at step 7: the floor gave way", { cause }));
  expect(error).toBeInstanceOf(EnvironmentError);
  expect(error.message).toBe("step() of environment 3 threw at step 7: the floor gave way");
  const { name, message, stack } = error.cause as Error;
  expect([name, message, stack]).toEqual(["TypeError", "the floor gave way", cause.stack]);
});

it("an error of a setting keeps its field, and what is no error becomes one", () => {
  const error = sent(new ConfigError({ field: "env", given: 1, allowed: "2" }));
  expect(error).toBeInstanceOf(ConfigError);
  expect([(error as ConfigError).field, error.message]).toEqual(["env", "env: got 1, allowed is 2"]);
  const { name, message } = sent("oops");
  expect([name, message]).toEqual(["Error", "oops"]);
});
