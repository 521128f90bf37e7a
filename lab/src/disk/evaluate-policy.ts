import { evaluate, type make, type Policy } from "ascent";
import type { Evaluated, Question } from "./reader-protocol.js";

/** The returns of whole episodes: those that `npx ascent evaluate` plays with the same seed. */
export function evaluatePolicy(
  policy: Policy,
  makeEnv: () => ReturnType<typeof make>,
  { episodes, seed, deterministic }: Omit<Extract<Question, { type: "evaluate" }>, "type">,
): Evaluated {
  const { returns, mean, interval, min, max } = evaluate(policy, makeEnv(), {
    episodes,
    deterministic,
    seed: BigInt(seed),
  });
  return { returns, mean, interval, min, max };
}
