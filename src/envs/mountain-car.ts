/**
 * MountainCar: a car too weak for the hill gains momentum by rocking until it reaches the flag. Every step costs 1.
 *
 *   v ← clip(v + 0.001 (a − 1) − 0.0025 cos 3x, ±0.07)      x ← clip(x + v, −1.2, 0.6)
 *
 * The left wall stops the car. Moore (1990), as in Gymnasium's MountainCar-v0.
 */

import { box } from "../spaces/box.js";
import { discrete } from "../spaces/discrete.js";
import { type Dynamics, exchange, turns } from "./dynamics.js";
import { defineEnv } from "./env-spec.js";
import { drawValley, valleyOptions, valleyStart } from "./mountain-car-valley.js";
import { uniformStart } from "./uniform-start.js";

const FORCE = 0.001;
const GRAVITY = 0.0025;
const LEFT = -1.2;
const RIGHT = 0.6;
const TOP_SPEED = 0.07;
const FLAG = 0.5;

function dynamics(n: number, { goalVelocity }: { goalVelocity: number }): Dynamics<typeof valleyStart> {
  const position = new Float64Array(n);
  const velocity = new Float64Array(n);
  const slope = turns(n);
  const { angles: triple, cos } = slope;
  const steps = exchange(n);
  const { actions, rewards, terminated } = steps;

  function move(i: number): void {
    const pushed = velocity[i] + ((actions[i] - 1) * FORCE + cos[i] * -GRAVITY);
    const speed = Math.min(Math.max(pushed, -TOP_SPEED), TOP_SPEED);
    const place = Math.min(Math.max(position[i] + speed, LEFT), RIGHT);
    position[i] = place;
    velocity[i] = place === LEFT && speed < 0 ? 0 : speed;
    triple[i] = 3 * place;
    terminated[i] = place >= FLAG && velocity[i] >= goalVelocity ? 1 : 0;
    rewards[i] = -1;
  }

  return {
    ...steps,
    observationSpace: box({ low: [LEFT, -TOP_SPEED], high: [RIGHT, TOP_SPEED] }),
    actionSpace: discrete(3),
    resetOptions: valleyStart,
    state: [position, velocity, triple],
    turns: slope,
    phases: [move],

    start(i, rng, interval) {
      position[i] = uniformStart(rng, interval);
      velocity[i] = 0;
      triple[i] = 3 * position[i];
    },

    observe(i, out, at) {
      out[at] = position[i];
      out[at + 1] = velocity[i];
    },

    draw: (i) => drawValley(position[i], FLAG),
  };
}

/** The spec of MountainCar-v0, for `register` of `ascent/lean`. */
export const mountainCar = defineEnv({
  id: "MountainCar-v0",
  summary: "rock a weak car out of a valley, three choices of thrust",
  options: valleyOptions,
  maxEpisodeSteps: 200,
  rewardThreshold: -110,
  dynamics,
});
