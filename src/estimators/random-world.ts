import type { Outcome } from "../envs/tabular.js";
import { requireKnown } from "../options.js";
import { defaultRng } from "../random/index.js";
import { checkSeed, checkWhole } from "./checks.js";
import { type World, worldOf } from "./world.js";

/**
 * A world drawn from a seed: each action leads to two states, with rewards from a standard normal distribution, and ends the
 * episode with a probability of at least 0.2. The policy's logits and the critic's error are drawn too.
 *
 * @throws ConfigError unless `states` and `actions` are whole numbers of at least 1
 */
export function randomWorld(options: {
  readonly seed: number | bigint;
  readonly states?: number;
  readonly actions?: number;
  readonly gamma?: number;
}): World {
  requireKnown(options, ["seed", "states", "actions", "gamma"]);
  const { seed, states = 4, actions = 2, gamma = 0.9 } = options;
  checkSeed(seed);
  for (const [field, given] of Object.entries({ states, actions })) checkWhole(field, given, 1);
  const rng = defaultRng(seed);
  const outcomes = Array.from({ length: states * actions }, (): Outcome[] => {
    const end = 0.2 + 0.3 * rng.random();
    const first = rng.random();
    return [end, (1 - end) * first, (1 - end) * (1 - first)].map((probability, i) => ({
      probability,
      state: Math.floor(states * rng.random()),
      reward: rng.standardNormal(),
      terminated: i === 0,
    }));
  });
  return worldOf(
    {
      states,
      actions,
      start: new Array<number>(states).fill(1 / states),
      outcomes: (state, action) => outcomes[state * actions + action],
    },
    {
      name: "random",
      summary: "rules, policy and critic drawn from a seed",
      gamma,
      logits: Array.from({ length: states * actions }, () => rng.standardNormal()),
      criticError: Array.from({ length: states }, () => rng.standardNormal()),
    },
  );
}
