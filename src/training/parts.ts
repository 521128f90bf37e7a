/** The parts of a run: a learner, its environments, the collector between them, and three random streams. */

import type { Learner } from "../algorithms/algorithm.js";
import { calling, checkLearner } from "../algorithms/algorithm-error.js";
import { isAsync } from "../envs/async-env.js";
import type { AsyncBatchedEnv } from "../envs/batched/async-batch.js";
import type { BatchedEnv } from "../envs/batched/batched-env.js";
import { ConfigError } from "../errors.js";
import type { NamedArray } from "../formats/safetensors.js";
import type { Policy } from "../policies/policy.js";
import { defaultRng, type Generator } from "../random/index.js";
import { type Collect, Collector } from "../rollout/collector.js";
import { environments, type MakeEnvironments } from "../rollout/environments.js";
import { arraysToTensors } from "./checkpoint.js";
import { Contest, type ContestOptions } from "./contest.js";
import { requireCopies, requireWeights } from "./room.js";
import { optionsOf, type Setup } from "./setup.js";
import { named, restoreNormaliser } from "./state-arrays.js";
import { streams } from "./streams.js";
import { warmStart } from "./warm-start.js";

export interface Parts {
  readonly learner: Learner;
  readonly env: BatchedEnv | AsyncBatchedEnv;
  /** The seeds of the first reset, one per copy. */
  readonly seeds: readonly bigint[];
  readonly collector: Collector;
  /** The opponents, where the policy also plays the other side. */
  readonly contest: Contest | undefined;
  readonly collect: Collect;
  readonly actingRng: Generator;
  readonly learningRng: Generator;
}

type Spaces = Pick<Parts["env"], "observationSpace" | "actionSpace">;

/** Builds the parts of a new run. @throws CorruptFileError if the settings do not fit the checkpoint of a resumed run */
export function build(setup: Setup, makeEnvironments: MakeEnvironments = environments): Parts {
  const { config, algorithm, env: source, weights, held } = setup;
  const [forEnv, forLearning, forActing] = streams(config);
  const wanted = calling(algorithm, "collect", "", () => algorithm.collect(optionsOf(setup)));
  const copies = "envs" in wanted ? wanted.envs : 1;
  if (held !== undefined) requireCopies(held, copies);
  const env = makeEnvironments(source, copies, config.envOptions);
  if (held !== undefined) requireWeights(held, setup, env);
  const learningRng = defaultRng(forLearning);
  const actingRng = defaultRng(forActing);
  const learner = createLearner(setup, env, learningRng);
  if (weights !== undefined) warmStart(learner, config, weights);
  const { policy, rewardScaling } = learner;
  if (env.actionMasks !== undefined && !policy.head.maskable) {
    const allowed = "none: the policy's head is not maskable, so it would choose forbidden actions";
    throw new ConfigError({ field: "actionMask", given: `one for ${env.actionSpace}`, allowed });
  }
  const seeds = [...(forEnv.generateState(copies, "uint64") as BigUint64Array)];
  const collector = new Collector({ env, policy, rng: actingRng, collect: wanted, rewardScaling });
  const contest = contestIn(env, policy, (arrays) => policyWith(setup, env, arrays));
  return { learner, env, seeds, collector, contest, collect: wanted, actingRng, learningRng };
}

function contestIn(env: Parts["env"], policy: Policy, make: ContestOptions["make"]): Contest | undefined {
  if (isAsync(env) || env.selfPlay === undefined) return undefined;
  return new Contest({ selfPlay: env.selfPlay, policy, make });
}

/** A policy as the run's algorithm makes it, with these weights and moments. Learning does not change it. */
export function policyWith(setup: Setup, env: Spaces, arrays: ReadonlyMap<string, NamedArray>): Policy {
  const { policy } = createLearner(setup, env, defaultRng(streams(setup.config)[1]));
  arraysToTensors(arrays, "weights.", named(policy.parameters()));
  restoreNormaliser(arrays, policy);
  return policy;
}

/** A learner as the algorithm makes it, with weights drawn from `rng`. */
export function createLearner(setup: Setup, { observationSpace, actionSpace }: Spaces, rng: Generator): Learner {
  const { algorithm, features } = setup;
  const context = { observationSpace, actionSpace, options: optionsOf(setup), rng, features };
  return calling(algorithm, "create", "", () => checkLearner(algorithm, algorithm.create(context)));
}
