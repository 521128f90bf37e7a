/** The parts of a run: a learner, its environments, the collector between them, and three random streams. */

import type { Learner } from "../algorithms/algorithm.js";
import { calling, checkLearner } from "../algorithms/algorithm-error.js";
import type { AsyncBatchedEnv } from "../envs/batched/async-batch.js";
import type { BatchedEnv } from "../envs/batched/batched-env.js";
import { ConfigError } from "../errors.js";
import type { Schema, Values } from "../options.js";
import { defaultRng, type Generator } from "../random/index.js";
import { Collector } from "../rollout/collector.js";
import { environments, type MakeEnvironments } from "../rollout/environments.js";
import type { Setup } from "./setup.js";
import { streams } from "./streams.js";
import { warmStart } from "./warm-start.js";

export interface Parts {
  readonly learner: Learner;
  readonly env: BatchedEnv | AsyncBatchedEnv;
  /** The seeds of the first reset, one per copy. */
  readonly seeds: readonly bigint[];
  readonly collector: Collector;
  readonly actingRng: Generator;
  readonly learningRng: Generator;
}

/** Builds the parts of a new run. */
export function build(
  { config, algorithm, env: source, schedules, weights, features }: Setup,
  makeEnvironments: MakeEnvironments = environments,
): Parts {
  const [forEnv, forLearning, forActing] = streams(config);
  const options = { ...config.options, ...schedules } as Values<Schema>;
  const wanted = calling(algorithm, "collect", "", () => algorithm.collect(options));
  const copies = "envs" in wanted ? wanted.envs : 1;
  const env = makeEnvironments(source, copies, config.envOptions);
  const learningRng = defaultRng(forLearning);
  const actingRng = defaultRng(forActing);
  const { observationSpace, actionSpace } = env;
  const context = { observationSpace, actionSpace, options, rng: learningRng, features };
  const learner = calling(algorithm, "create", "", () => checkLearner(algorithm, algorithm.create(context)));
  if (weights !== undefined) warmStart(learner, config, weights);
  const { policy, rewardScaling } = learner;
  if (env.actionMasks !== undefined && !policy.head.maskable) {
    const allowed = "none: the policy's head is not maskable, so it would choose forbidden actions";
    throw new ConfigError({ field: "actionMask", given: `one for ${actionSpace}`, allowed });
  }
  const seeds = [...(forEnv.generateState(copies, "uint64") as BigUint64Array)];
  const collector = new Collector({ env, policy, rng: actingRng, collect: wanted, rewardScaling });
  return { learner, env, seeds, collector, actingRng, learningRng };
}
