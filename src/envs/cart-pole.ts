/**
 * CartPole: push a cart left or right to balance a pole on it; every step with the pole upright pays 1.
 *
 *   push = (F + m l ω² sin θ) / (M + m)
 *   α = (g sin θ − push cos θ) / (l (4/3 − m cos² θ / (M + m)))        a = push − m l α cos θ / (M + m)
 *
 * where l is half the length of the pole. Then follows an Euler step of 0.02 s, in which positions move with the old
 * speeds. Barto, Sutton and Anderson (1983), as in Gymnasium's CartPole-v1.
 */

import { flag, real } from "../options.js";
import { box } from "../spaces/box.js";
import { discrete } from "../spaces/discrete.js";
import { type Dynamics, exchange, turns } from "./dynamics.js";
import { defineEnv } from "./env-spec.js";
import { rectangle, turnedRectangle } from "./shapes.js";
import { uniformStart } from "./uniform-start.js";

const GRAVITY = 9.8;
const POLE_MASS = 0.1;
const TOTAL_MASS = 1 + POLE_MASS;
const HALF_LENGTH = 0.5;
const POLE_MASS_LENGTH = POLE_MASS * HALF_LENGTH;
const FORCE = 10;
const SECONDS = 0.02;
const X_LIMIT = 2.4;
const ANGLE_LIMIT = (12 * 2 * Math.PI) / 360;

const options = {
  suttonBartoReward: flag(false, { help: "pay 0 a step and -1 for the fall, as in the original paper" }),
};
const resetOptions = {
  low: real(-0.05, { help: "least value of each of the four numbers at the start" }),
  high: real(0.05, { help: "greatest value of each of the four numbers at the start" }),
};

function dynamics(n: number, { suttonBartoReward }: { suttonBartoReward: boolean }): Dynamics<typeof resetOptions> {
  const x = new Float64Array(n);
  const xSpeed = new Float64Array(n);
  const angleSpeed = new Float64Array(n);
  const pole = turns(n);
  const { angles: angle, sin, cos } = pole;
  const steps = exchange(n);
  const { actions, rewards, terminated } = steps;
  const stepReward = suttonBartoReward ? 0 : 1;
  const lastReward = suttonBartoReward ? -1 : 1;
  const bounds = [2 * X_LIMIT, Infinity, 2 * ANGLE_LIMIT, Infinity];

  function move(i: number): void {
    const force = FORCE * (2 * actions[i] - 1);
    const omega = angleSpeed[i];
    const push = (force + POLE_MASS_LENGTH * (omega * omega) * sin[i]) / TOTAL_MASS;
    const alpha =
      (GRAVITY * sin[i] - cos[i] * push) / (HALF_LENGTH * (4 / 3 - (POLE_MASS * (cos[i] * cos[i])) / TOTAL_MASS));
    const acceleration = push - (POLE_MASS_LENGTH * alpha * cos[i]) / TOTAL_MASS;
    x[i] += SECONDS * xSpeed[i];
    xSpeed[i] += SECONDS * acceleration;
    angle[i] += SECONDS * omega;
    angleSpeed[i] = omega + SECONDS * alpha;
    const fell = x[i] < -X_LIMIT || x[i] > X_LIMIT || angle[i] < -ANGLE_LIMIT || angle[i] > ANGLE_LIMIT;
    terminated[i] = fell ? 1 : 0;
    rewards[i] = fell ? lastReward : stepReward;
  }

  return {
    ...steps,
    observationSpace: box({ low: bounds.map((bound) => -bound), high: bounds }),
    actionSpace: discrete(2),
    resetOptions,
    state: [x, xSpeed, angle, angleSpeed],
    turns: pole,
    phases: [move],

    start(i, rng, interval) {
      x[i] = uniformStart(rng, interval);
      xSpeed[i] = uniformStart(rng, interval);
      angle[i] = uniformStart(rng, interval);
      angleSpeed[i] = uniformStart(rng, interval);
    },

    observe(i, out, at) {
      out[at] = x[i];
      out[at + 1] = xSpeed[i];
      out[at + 2] = angle[i];
      out[at + 3] = angleSpeed[i];
    },

    draw: (i) => ({
      view: { left: -X_LIMIT, right: X_LIMIT, bottom: -0.8, top: 1.6 },
      background: "#ffffff",
      shapes: [
        {
          kind: "line",
          points: [
            [-X_LIMIT, 0],
            [X_LIMIT, 0],
          ],
          stroke: "#000000",
          width: 0.01,
        },
        { kind: "polygon", points: rectangle(x[i] - 0.2, -0.12, x[i] + 0.2, 0.12), fill: "#000000" },
        {
          kind: "polygon",
          points: turnedRectangle([-0.04, -0.04, 0.04, 2 * HALF_LENGTH - 0.04], -angle[i], [x[i], 0.06]),
          fill: "#ca9865",
        },
        { kind: "circle", centre: [x[i], 0.06], radius: 0.04, fill: "#8184cb" },
      ],
    }),
  };
}

/** The spec of CartPole-v1, for `register` of `ascent/lean`. */
export const cartPole = defineEnv({
  id: "CartPole-v1",
  summary: "balance a pole on a cart by pushing it left or right",
  framesPerSecond: 50,
  options,
  maxEpisodeSteps: 500,
  rewardThreshold: 475,
  dynamics,
});

/** The spec of CartPole-v0, for `register` of `ascent/lean`. */
export const cartPole200 = {
  ...cartPole,
  id: "CartPole-v0",
  summary: "CartPole with episodes of at most 200 steps",
  maxEpisodeSteps: 200,
  rewardThreshold: 195,
};
