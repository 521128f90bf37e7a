/** A state of a model, for those who read or set it. */

import { bodyIndex, siteIndex } from "./names.js";
import { mujoco } from "./native/load.js";
import { numbersIn, type Place, place as put, type Slot, slotOf, view } from "./native/state-cache.js";

/**
 * The present state of a model. The arrays are views of MuJoCo's memory: read them when they are needed, and don't keep
 * them. What joints are and do is up to the model; a free joint has 7 positions and 6 velocities.
 */
export interface Robot {
  /** Positions of the joints: metres for a slide, radians for a hinge. */
  readonly qpos: Float64Array;
  /** Velocities of the joints. */
  readonly qvel: Float64Array;
  /** The forces that contacts and limits put on the joints. */
  readonly constraintForces: Float64Array;
  /** Torque and force from contacts on each body, 6 numbers a body, the world's first. Needs `contactForces: true`. */
  readonly contactForces: Float64Array;
  /** Seconds between two actions. */
  readonly secondsPerAction: number;
  /** Where a body is: x, y, z. After a step, MuJoCo has this for the state one substep earlier. @throws ConfigError */
  body(name: string): Float64Array;
  /** Where a site of the model is, likewise. @throws ConfigError */
  site(name: string): Float64Array;
}

/** A robot, with what an environment does to it. */
export interface Simulation extends Robot {
  /** Begins anew: as the model says, and then as `start` sets `qpos` and `qvel`. */
  reset(start: () => void): void;
  /** Acts on the motors for one action. */
  act(action: Float32Array): void;
  /** The state as numbers, from which `restore` continues exactly. */
  numbers(): number[];
  restore(numbers: readonly number[]): void;
  /** The slot of the state, with bodies and geoms where they are now. */
  posed(): Slot;
}

/** Simulates a model. Nothing is compiled before it is needed. */
export function simulate(xml: string, frameSkip: number, contactForces: boolean): Simulation {
  const place: Place = { numbers: undefined, slot: undefined };
  const here = (): Slot => slotOf(place, xml);
  const third = (list: Float64Array, i: number): Float64Array => list.subarray(3 * i, 3 * i + 3);
  return {
    get qpos() {
      return view(here(), "qpos");
    },
    get qvel() {
      return view(here(), "qvel");
    },
    get constraintForces() {
      return view(here(), "qfrc_constraint");
    },
    get contactForces() {
      return view(here(), "cfrc_ext");
    },
    get secondsPerAction() {
      return here().model.timestep * frameSkip;
    },
    body: (name) => third(view(here(), "xpos"), bodyIndex(here().model, name)),
    site: (name) => third(view(here(), "site_xpos"), siteIndex(here().model, name)),
    reset(start) {
      const { mj_resetData, mj_forward } = mujoco();
      const { model, data } = here();
      mj_resetData(model.native, data);
      start();
      mj_forward(model.native, data);
    },
    act(action) {
      const { mj_step, mj_rnePostConstraint } = mujoco();
      const slot = here();
      const { native } = slot.model;
      view(slot, "ctrl").set(action);
      for (let i = 0; i < frameSkip; i++) mj_step(native, slot.data);
      if (contactForces) mj_rnePostConstraint(native, slot.data);
    },
    numbers: () => numbersIn(here()),
    restore(numbers) {
      put(numbers, place);
    },
    posed() {
      const slot = here();
      mujoco().mj_kinematics(slot.model.native, slot.data);
      return slot;
    },
  };
}
