import type { AnyEnv } from "../../envs/env.js";
import { f32 } from "../../kernels/memory.js";
import type { Policy } from "../../policies/policy.js";
import { flatSize } from "../../spaces/index.js";
import { tensor } from "../../tensor/index.js";
import { at } from "../../tensor/tensor.js";
import { evaluate } from "../../training/evaluate.js";
import { bySeverity } from "../finding.js";
import type { Trained } from "../run/try-next.js";
import type { Examination } from "./examination.js";
import { policyFindings } from "./policy-findings.js";
import { emptyRecord, recorded, rowsOf } from "./recorder.js";
import { scalesOf, shareAtBounds } from "./scales.js";
import { unitsOf } from "./units.js";

/** The options of `examine`. */
export interface ExamineOptions extends Trained {
  /** Episodes for each way to choose actions. Default: 20. */
  readonly episodes?: number | undefined;
  /** Default: 0. */
  readonly seed?: number | bigint | undefined;
  /** The steps after which an episode is cut. Default: 2,000. */
  readonly maxSteps?: number | undefined;
}

/**
 * Plays episodes with a policy, and finds what a log does not hold: dead or saturated units, actions at their bounds,
 * observations of unequal scale, drawn actions that are good where the likeliest ones are bad. With the `config` of the
 * run, the findings come with commands to paste.
 *
 * @throws ConfigError if the environment does not fit the policy, for a bad option, and for an asynchronous environment
 * @throws EnvironmentError where a method throws or returns something wrong
 */
export function examine(policy: Policy, env: AnyEnv, options: ExamineOptions = {}): Examination {
  const { episodes = 20, seed = 0, maxSteps = 2000, config, imports } = options;
  const record = emptyRecord();
  const drawn = evaluate(policy, recorded(env, record), { episodes, seed, maxSteps });
  const deterministic = evaluate(policy, env, {
    episodes,
    seed,
    maxSteps,
    deterministic: true,
  });
  const size = flatSize(policy.observationSpace);
  const rows = rowsOf(record, size);
  const observations = scalesOf(rows, size);
  // Where all observations are equal, every unit is the same for all of them, and that is no fault.
  const varied = observations.some(({ deviation }) => deviation > 0);
  const figures = {
    drawn,
    deterministic,
    observations,
    normalised: policy.normaliser !== undefined,
    atBounds: shareAtBounds(policy.actionSpace, record.actions),
    layers: varied ? unitsOf(policy, normalised(policy, rows, size), Uint8Array.from(record.begins)) : [],
  };
  return { ...figures, findings: bySeverity(policyFindings(figures, policy, { config, imports })) };
}

/** The rows as the network reads them. */
function normalised({ normaliser }: Policy, rows: Float32Array, size: number): Float32Array {
  if (normaliser === undefined) return rows;
  const features = tensor(rows);
  const first = at(features) >>> 2;
  normaliser.apply(first, rows.length / size);
  return f32.slice(first, first + rows.length);
}
