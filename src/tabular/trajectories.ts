import type { Table } from "../envs/tabular.js";
import { ConfigError } from "../errors.js";
import type { PolicyTable } from "./mdp.js";

/** One possible course of an episode. */
export interface Trajectory {
  readonly probability: number;
  /** s₀ … s_T, including the last state. */
  readonly states: readonly number[];
  /** a₀ … a_{T−1}. */
  readonly actions: readonly number[];
  readonly rewards: readonly number[];
  readonly terminated: boolean;
  /** Whether `maxSteps` cut the episode off before its end. */
  readonly truncated: boolean;
}

/**
 * All possible episodes of a policy in a small world, with their probabilities, which sum to 1. The expectation of any
 * estimator is its weighted sum over them. There are up to (actions · outcomes)^steps, so this is for worlds of a few
 * steps.
 *
 * @throws ConfigError if `maxSteps` is not a whole number of at least 1, or the policy has too few rows
 */
export function* trajectories(
  table: Table,
  policy: PolicyTable,
  { maxSteps }: { maxSteps: number },
): Generator<Trajectory, void> {
  if (!Number.isSafeInteger(maxSteps) || maxSteps < 1)
    throw new ConfigError({ field: "maxSteps", given: maxSteps, allowed: "a whole number of at least 1" });
  if (policy.length < table.states * table.actions)
    throw new ConfigError({
      field: "policy",
      given: policy.length,
      allowed: `${table.states} rows of ${table.actions}`,
    });
  for (const [state, probability] of table.start.entries()) {
    if (probability > 0)
      yield* from({ probability, states: [state], actions: [], rewards: [], terminated: false, truncated: false });
  }

  function* from(before: Trajectory): Generator<Trajectory, void> {
    if (before.terminated || before.truncated) {
      yield before;
      return;
    }
    const state = before.states.at(-1)!;
    for (let action = 0; action < table.actions; action++) {
      for (const outcome of table.outcomes(state, action)) {
        const probability = before.probability * policy[state * table.actions + action] * outcome.probability;
        if (probability === 0) continue;
        yield* from({
          probability,
          states: [...before.states, outcome.state],
          actions: [...before.actions, action],
          rewards: [...before.rewards, outcome.reward],
          terminated: outcome.terminated,
          truncated: !outcome.terminated && before.actions.length + 1 === maxSteps,
        });
      }
    }
  }
}
