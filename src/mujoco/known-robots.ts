/** The types of the robots and their options by id, for the compiler. */

import type { Env } from "../envs/env.js";
import type { Given, Schema } from "../options.js";
import type { Box } from "../spaces/box.js";
import type { ant } from "./robots/ant.js";
import type { halfCheetah } from "./robots/half-cheetah.js";
import type { hopper } from "./robots/hopper.js";
import type { invertedDoublePendulum } from "./robots/inverted-double-pendulum.js";
import type { invertedPendulum } from "./robots/inverted-pendulum.js";
import type { reacher } from "./robots/reacher.js";
import type { swimmer } from "./robots/swimmer.js";
import type { walker2d } from "./robots/walker2d.js";

/** The specs of the robots. */
export interface KnownRobots {
  "InvertedPendulum-v5": typeof invertedPendulum;
  "InvertedDoublePendulum-v5": typeof invertedDoublePendulum;
  "Reacher-v5": typeof reacher;
  "Swimmer-v5": typeof swimmer;
  "Hopper-v5": typeof hopper;
  "HalfCheetah-v5": typeof halfCheetah;
  "Walker2d-v5": typeof walker2d;
  "Ant-v5": typeof ant;
}

type Moving = Env<Float32Array, Float32Array, Box, Box>;
type Moves = { readonly [Id in keyof KnownRobots]: Moving };
type OptionsOf<Spec> = Spec extends { readonly options?: (infer S extends Schema) | undefined } ? Given<S> : never;
type Settings = { readonly [Id in keyof KnownRobots]: OptionsOf<KnownRobots[Id]> };

declare module "../envs/index.js" {
  interface KnownEnvs extends Moves {}
  interface KnownEnvOptions extends Settings {}
}
