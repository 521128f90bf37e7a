/**
 * MountainCar: a car too weak for the hill rocks itself up to the flag; every step costs 1.
 *
 *   v ← clip(v + 0.001 (a − 1) − 0.0025 cos 3x, ±0.07)      x ← clip(x + v, −1.2, 0.6)
 *
 * Hitting the left wall stops the car. Moore (1990), as in Gymnasium's MountainCar-v0.
 */

import { sines } from "../kernels/sines.js";
import { real } from "../options.js";
import { box } from "../spaces/box.js";
import { discrete } from "../spaces/discrete.js";
import type { Dynamics } from "./dynamics.js";
import { defineEnv, type EnvSpec } from "./env-spec.js";
import { drawValley } from "./mountain-car-valley.js";
import { uniformStart } from "./uniform-start.js";

const FORCE = 0.001;
const GRAVITY = 0.0025;
const LEFT = -1.2;
const RIGHT = 0.6;
const TOP_SPEED = 0.07;
const FLAG = 0.5;

const options = {
  goalVelocity: real(0, { help: "least speed at which the flag must be passed" }),
};
const resetOptions = {
  low: real(-0.6, { help: "leftmost start" }),
  high: real(-0.4, { help: "rightmost start" }),
};

function dynamics(n: number, { goalVelocity }: { goalVelocity: number }): Dynamics<typeof resetOptions> {
  const position = new Float64Array(n);
  const velocity = new Float64Array(n);
  const triple = new Float64Array(n);
  const { cos, sinCosOf } = sines(n);
  return {
    n,
    observationSpace: box({ low: [LEFT, -TOP_SPEED], high: [RIGHT, TOP_SPEED] }),
    actionSpace: discrete(3),
    resetOptions,
    state: [position, velocity],

    start(i, rng, interval) {
      position[i] = uniformStart(rng, interval);
      velocity[i] = 0;
    },

    advance(actions, rewards, terminated) {
      for (let i = 0; i < n; i++) triple[i] = 3 * position[i];
      sinCosOf(triple);
      for (let i = 0; i < n; i++) {
        const pushed = velocity[i] + ((actions[i] - 1) * FORCE + cos[i] * -GRAVITY);
        const speed = Math.min(Math.max(pushed, -TOP_SPEED), TOP_SPEED);
        const place = Math.min(Math.max(position[i] + speed, LEFT), RIGHT);
        position[i] = place;
        velocity[i] = place === LEFT && speed < 0 ? 0 : speed;
        terminated[i] = place >= FLAG && velocity[i] >= goalVelocity ? 1 : 0;
        rewards[i] = -1;
      }
    },

    observe(out, first, end) {
      for (let i = first; i < end; i++) {
        out[2 * i] = position[i];
        out[2 * i + 1] = velocity[i];
      }
    },

    draw: (i) => drawValley(position[i], FLAG),
  };
}

export const mountainCar: EnvSpec = defineEnv({
  id: "MountainCar-v0",
  summary: "rock a weak car out of a valley, three choices of thrust",
  options,
  maxEpisodeSteps: 200,
  rewardThreshold: -110,
  dynamics,
});
