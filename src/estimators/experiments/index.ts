/** The experiments of the lab, by name. */

import { baselines } from "./baselines.js";
import { clipping } from "./clipping.js";
import { dynamics } from "./dynamics.js";
import { entropy } from "./entropy.js";
import type { Experiment } from "./experiment.js";
import { lambda } from "./lambda.js";
import { leaveOneOut } from "./leave-one-out.js";
import { lengths } from "./lengths.js";
import { pairing } from "./pairing.js";
import { ppo } from "./ppo.js";
import { stale } from "./stale.js";
import { timeLimit } from "./time-limit.js";
import { toGo } from "./to-go.js";
import { whitening } from "./whitening.js";

/** All experiments. */
export const EXPERIMENTS: readonly Experiment[] = [
  baselines,
  leaveOneOut,
  whitening,
  toGo,
  lambda,
  clipping,
  lengths,
  entropy,
  timeLimit,
  stale,
  ppo,
  pairing,
  dynamics,
];
