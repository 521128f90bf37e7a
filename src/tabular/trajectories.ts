import type { Table } from "../envs/tabular.js";
import { ConfigError } from "../errors.js";
import type { PolicyTable } from "./mdp.js";

/** One way that an episode can go. */
export interface Trajectory {
  readonly probability: number;
  /** s₀ … s_T, the last one included. */
  readonly states: readonly number[];
  /** a₀ … a_{T−1}. */
  readonly actions: readonly number[];
  readonly rewards: readonly number[];
  readonly terminated: boolean;
  /** Cut after `maxSteps` while it would have gone on. */
  readonly truncated: boolean;
}

/**
 * Every episode that a policy can have in a small world, with its probability; these sum to 1. The mean of any estimator is
 * its sum over them, weighted. There are up to (actions · outcomes)^steps: for worlds of a few steps.
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
