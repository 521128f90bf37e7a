/**
 * Episodes that a time limit cuts after H steps. A batch holds them as training has them, as truncated segments, with V of the
 * state they were cut in, or as over. Theory sees the same world unrolled: its states are pairs of a time and a state, each
 * episode ends by itself at time H, and what stands in for the rest, γV(s_H), is part of its last reward.
 */

import type { Outcome } from "../envs/tabular.js";
import { checkSetting, checkWhole } from "./checks.js";
import { isOfBatch, tableFor } from "./critics.js";
import type { Estimator } from "./estimator.js";
import { byGae, PLAIN, reinforce, WHOLE } from "./estimators.js";
import { repeated, repeatedLogits } from "./parametrisation.js";
import { perSetting, type Setting, settingOf } from "./setting.js";
import { worldOf } from "./world.js";

/** The same policy in the same world, with episodes of at most `steps` steps. @throws ConfigError unless that is at least 1 */
export function withTimeLimit(setting: Setting, steps: number): Setting {
  checkSetting(setting);
  checkWhole("timeLimit", steps, 1);
  return { ...setting, world: { ...setting.world, timeLimit: steps } };
}

/** The unrolled setting, with `following` as V of the state in which an episode is cut. */
export function unrolled(setting: Setting, steps: number, following: Float64Array): Setting {
  const { world, parameters } = setting;
  const { table, gamma } = world;
  const { states, actions } = table;
  const outcomes = (at: number, action: number): readonly Outcome[] => {
    const t = Math.floor(at / states);
    return table.outcomes(at % states, action).map((outcome): Outcome => {
      if (t + 1 < steps) return { ...outcome, state: (t + 1) * states + outcome.state };
      const rest = outcome.terminated ? 0 : gamma * following[outcome.state];
      return { ...outcome, state: t * states + outcome.state, reward: outcome.reward + rest, terminated: true };
    });
  };
  const start = [...table.start, ...new Array<number>((steps - 1) * states).fill(0)];
  const unrolledWorld = worldOf({ states: steps * states, actions, start, outcomes }, { gamma, name: world.name });
  return settingOf(unrolledWorld, repeatedLogits(parameters, steps));
}

/** The unrolled settings of one with a time limit, by V of the state in which an episode is cut. Estimators share them. */
const unrolledByTable = perSetting(() => new WeakMap<Float64Array, Setting>());

/**
 * An estimator under a time limit as one in an unrolled world. Its critic does not know the time, so that there it is a wrong one,
 * unless what follows the limit is exact. Undefined without a time limit.
 */
export function unrolledFor(estimator: Estimator, setting: Setting): [Estimator, Setting] | undefined {
  const { timeLimit } = setting.world;
  if (timeLimit === undefined) return undefined;
  const { critic } = estimator;
  const table = tableFor(setting, critic);
  const following = estimator.limitIsEnd ? setting.zeros : table;
  const known = unrolledByTable(setting);
  const inside = known.get(following) ?? unrolled(setting, timeLimit, following);
  known.set(following, inside);
  if (critic === undefined || isOfBatch(critic)) return [estimator, inside];
  return [
    { ...estimator, critic: "wrong" },
    { ...inside, wrongValues: repeated(table, timeLimit) },
  ];
}

/** What differs only under a time limit: returns and errors that take the limit for an end, and G₀ with V after it. */
export const LIMIT_ESTIMATORS: readonly Estimator[] = [
  reinforce("whole-value", "G₀ minus V, with V after the limit", WHOLE, "exact"),
  {
    ...reinforce("value-ended", "the return to go minus V, with nothing after the limit", PLAIN, "exact"),
    limitIsEnd: true,
  },
  {
    ...byGae("gae-ended", "GAE(0.95) with the exact V, and nothing after the limit", { lambda: 0.95, critic: "exact" }),
    limitIsEnd: true,
  },
];
