/**
 * MountainCarContinuous: the weak car with any thrust `a` from -1 to 1. The flag pays 100, and thrust costs 0.1 a² per
 * step.
 *
 *   v ← clip(v + 0.0015 a − 0.0025 cos 3x, ±0.07)      x ← clip(x + v, −1.2, 0.6)
 *
 * As in Gymnasium's MountainCarContinuous-v0, which stores the state as float32 after the first step of an episode.
 * Every sum and product that Gymnasium computes in float32 is rounded here too. The thrust is clipped for the motion,
 * not for its cost.
 */

import { box } from "../spaces/box.js";
import { type Dynamics, exchange, turns } from "./dynamics.js";
import { defineEnv } from "./env-spec.js";
import { drawValley, valleyOptions, valleyStart } from "./mountain-car-valley.js";
import { uniformStart } from "./uniform-start.js";

const POWER = 0.0015;
const GRAVITY = 0.0025;
const LEFT = -1.2;
const RIGHT = 0.6;
const TOP_SPEED = 0.07;
const FLAG = 0.45;

/** NumPy combines a float32 with a Python number by rounding first the number, then the result. */
const f32 = Math.fround;
const roundIf = (narrow: boolean, value: number): number => (narrow ? f32(value) : value);

function dynamics(n: number, { goalVelocity }: { goalVelocity: number }): Dynamics<typeof valleyStart> {
  const position = new Float64Array(n);
  const velocity = new Float64Array(n);
  /** 1 in the first step of an episode, whose state is still float64. */
  const wide = new Float64Array(n);
  const slope = turns(n);
  const { angles: triple, cos } = slope;
  const steps = exchange(n);
  const { actions, rewards, terminated } = steps;

  function move(i: number): void {
    const narrow = wide[i] === 0;
    const action = actions[i];
    const pull = GRAVITY * cos[i];
    // A clipped thrust is a Python number; a thrust within the bounds is a float32.
    const clipped = action < -1 || action > 1;
    const change = clipped ? Math.sign(action) * POWER - pull : f32(f32(action * f32(POWER)) - f32(pull));
    const topSpeed = roundIf(narrow, TOP_SPEED);
    const pushed = roundIf(narrow, velocity[i] + roundIf(narrow, change));
    const speed = Math.min(Math.max(pushed, -topSpeed), topSpeed);
    const left = roundIf(narrow, LEFT);
    const moved = roundIf(narrow, position[i] + speed);
    const place = Math.min(Math.max(moved, left), roundIf(narrow, RIGHT));
    const kept = place === left && speed < 0 ? 0 : speed;
    const arrived = place >= roundIf(narrow, FLAG) && kept >= roundIf(narrow, goalVelocity);
    terminated[i] = arrived ? 1 : 0;
    rewards[i] = (arrived ? 100 : 0) - action * action * 0.1;
    position[i] = f32(place);
    velocity[i] = f32(kept);
    triple[i] = f32(3 * position[i]);
    wide[i] = 0;
  }

  return {
    ...steps,
    observationSpace: box({ low: [LEFT, -TOP_SPEED], high: [RIGHT, TOP_SPEED] }),
    actionSpace: box({ low: -1, high: 1, shape: [1] }),
    resetOptions: valleyStart,
    state: [position, velocity, wide, triple],
    turns: slope,
    phases: [move],

    start(i, rng, interval) {
      position[i] = uniformStart(rng, interval);
      velocity[i] = 0;
      wide[i] = 1;
      triple[i] = 3 * position[i];
    },

    observe(i, out, at) {
      out[at] = position[i];
      out[at + 1] = velocity[i];
    },

    draw: (i) => drawValley(position[i], FLAG),
  };
}

/** The spec of MountainCarContinuous-v0, for `register` of `ascent/lean`. */
export const mountainCarContinuous = defineEnv({
  id: "MountainCarContinuous-v0",
  summary: "rock a weak car out of a valley with as little thrust as possible",
  options: valleyOptions,
  maxEpisodeSteps: 999,
  rewardThreshold: 90,
  dynamics,
});
