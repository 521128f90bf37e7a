/** The experiments of the lab, by name. */

import { dynamics } from "./dynamics.js";
import type { Experiment } from "./experiment.js";
import { stale } from "./stale.js";
import { timeLimit } from "./time-limit.js";

/** All experiments. */
export const EXPERIMENTS: readonly Experiment[] = [dynamics, stale, timeLimit];
