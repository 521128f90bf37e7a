/**
 * Acrobot: two links hang from a hinge, with a motor at the elbow. Swing the tip above the line; every step costs 1.
 *
 *   d₁ = m₁ c₁² + m₂ (l₁² + c₂² + 2 l₁ c₂ cos θ₂) + I₁ + I₂        d₂ = m₂ (c₂² + l₁ c₂ cos θ₂) + I₂
 *   φ₂ = m₂ c₂ g cos(θ₁ + θ₂ − π/2)
 *   φ₁ = −m₂ l₁ c₂ ω₂ (ω₂ + 2 ω₁) sin θ₂ + (m₁ c₁ + m₂ l₁) g cos(θ₁ − π/2) + φ₂
 *   ω̇₂ = (τ + d₂/d₁ φ₁ − m₂ l₁ c₂ ω₁² sin θ₂ − φ₂) / (m₂ c₂² + I₂ − d₂²/d₁)        ω̇₁ = −(d₂ ω̇₂ + φ₁) / d₁
 *
 * θ₁ is measured from hanging straight down, θ₂ is the second link's angle relative to the first, and c is the distance
 * to a link's centre of mass. Integrated with one fourth-order Runge-Kutta step of 0.2 s. Sutton (1996), as in
 * Gymnasium's Acrobot-v1. The "nips" variant omits the term ω₁² from ω̇₂, as that paper prints it.
 */

import { choice, real } from "../options.js";
import type { Generator } from "../random/generator.js";
import type { Scene } from "../scene/scene.js";
import { box } from "../spaces/box.js";
import { discrete } from "../spaces/discrete.js";
import { type Dynamics, exchange, turns } from "./dynamics.js";
import { defineEnv } from "./env-spec.js";
import { turned, turnedRectangle } from "./shapes.js";
import { uniformStart } from "./uniform-start.js";

const MASS = 1;
const LENGTH = 1;
const CENTRE = 0.5;
const INERTIA = 1;
const LENGTH_SQUARED = LENGTH * LENGTH;
const CENTRE_SQUARED = CENTRE * CENTRE;
const GRAVITY = 9.8;
const TOP_SPEED_1 = 4 * Math.PI;
const TOP_SPEED_2 = 9 * Math.PI;
const SECONDS = 0.2;

const options = {
  bookOrNips: choice("book", {
    choices: ["book", "nips"],
    help: "equations of Sutton and Barto's book or of the paper",
  }),
  torqueNoiseMax: real(0, { min: 0, help: "uniform noise of at most this is added to the torque" }),
};
const resetOptions = {
  low: real(-0.1, { min: -100, max: 100, help: "least value of each of the four numbers at the start" }),
  high: real(0.1, { min: -100, max: 100, help: "greatest value of each of the four numbers at the start" }),
};

function clip(value: number, bound: number): number {
  return Math.min(Math.max(value, -bound), bound);
}

/** The angle wrapped to [−π, π]. */
function wrapped(angle: number): number {
  let turnedBack = angle;
  while (turnedBack > Math.PI) turnedBack -= 2 * Math.PI;
  while (turnedBack < -Math.PI) turnedBack += 2 * Math.PI;
  return turnedBack;
}

function dynamics(
  n: number,
  { bookOrNips, torqueNoiseMax }: { bookOrNips: "book" | "nips"; torqueNoiseMax: number },
): Dynamics<typeof resetOptions> {
  const columns = (count: number): Float64Array[] => Array.from({ length: count }, () => new Float64Array(n));
  const [angle1, angle2, speed1, speed2, torque] = columns(5);
  // The state at a stage of the Runge-Kutta step, and the weighted sums of the slopes of all stages so far.
  const [theta1, theta2, omega1, omega2] = columns(4);
  const [sumOmega1, sumOmega2, sumAlpha1, sumAlpha2] = columns(4);
  // Three angles per copy: θ₂, θ₁ − π/2 and θ₁ + θ₂ − π/2 in a stage, θ₁, θ₂ and θ₁ + θ₂ between steps.
  const links = turns(n, 3);
  const { angles, sin, cos } = links;
  const steps = exchange(n);
  const { actions, rewards, terminated } = steps;
  const book = bookOrNips === "book" ? 1 : 0;
  const high = [1, 1, 1, 1, TOP_SPEED_1, TOP_SPEED_2];

  function aim(i: number, rng: Generator): void {
    torque[i] = actions[i] - 1;
    if (torqueNoiseMax > 0) torque[i] += rng.uniform(-torqueNoiseMax, torqueNoiseMax);
    sumOmega1[i] = 0;
    sumOmega2[i] = 0;
    sumAlpha1[i] = 0;
    sumAlpha2[i] = 0;
    theta1[i] = angle1[i];
    theta2[i] = angle2[i];
    omega1[i] = speed1[i];
    omega2[i] = speed2[i];
    turn(i);
  }

  function turn(i: number): void {
    angles[i] = theta2[i];
    angles[n + i] = theta1[i] - Math.PI / 2;
    angles[2 * n + i] = theta1[i] + theta2[i] - Math.PI / 2;
  }

  /** Adds the slopes of this stage to the sums and moves to the state of the next stage. */
  function stage(i: number, weight: number, nextReach: number): void {
    const w1 = omega1[i];
    const w2 = omega2[i];
    const d1 =
      MASS * CENTRE_SQUARED +
      MASS * (LENGTH_SQUARED + CENTRE_SQUARED + 2 * LENGTH * CENTRE * cos[i]) +
      INERTIA +
      INERTIA;
    const d2 = MASS * (CENTRE_SQUARED + LENGTH * CENTRE * cos[i]) + INERTIA;
    const phi2 = MASS * CENTRE * GRAVITY * cos[2 * n + i];
    const phi1 =
      -MASS * LENGTH * CENTRE * (w2 * w2) * sin[i] -
      2 * MASS * LENGTH * CENTRE * w2 * w1 * sin[i] +
      (MASS * CENTRE + MASS * LENGTH) * GRAVITY * cos[n + i] +
      phi2;
    const swing = book * MASS * LENGTH * CENTRE * (w1 * w1) * sin[i];
    const alpha2 = (torque[i] + (d2 / d1) * phi1 - swing - phi2) / (MASS * CENTRE_SQUARED + INERTIA - (d2 * d2) / d1);
    const alpha1 = -(d2 * alpha2 + phi1) / d1;
    sumOmega1[i] += weight * w1;
    sumOmega2[i] += weight * w2;
    sumAlpha1[i] += weight * alpha1;
    sumAlpha2[i] += weight * alpha2;
    theta1[i] = angle1[i] + nextReach * w1;
    theta2[i] = angle2[i] + nextReach * w2;
    omega1[i] = speed1[i] + nextReach * alpha1;
    omega2[i] = speed2[i] + nextReach * alpha2;
    turn(i);
  }

  function arrive(i: number): void {
    stage(i, 1, 0);
    angle1[i] = wrapped(angle1[i] + (SECONDS / 6) * sumOmega1[i]);
    angle2[i] = wrapped(angle2[i] + (SECONDS / 6) * sumOmega2[i]);
    speed1[i] = clip(speed1[i] + (SECONDS / 6) * sumAlpha1[i], TOP_SPEED_1);
    speed2[i] = clip(speed2[i] + (SECONDS / 6) * sumAlpha2[i], TOP_SPEED_2);
    show(i);
  }

  function show(i: number): void {
    angles[i] = angle1[i];
    angles[n + i] = angle2[i];
    angles[2 * n + i] = angle2[i] + angle1[i];
  }

  function judge(i: number): void {
    const above = -cos[i] - cos[2 * n + i] > 1;
    terminated[i] = above ? 1 : 0;
    rewards[i] = above ? 0 : -1;
  }

  return {
    ...steps,
    observationSpace: box({ low: high.map((bound) => -bound), high }),
    actionSpace: discrete(3),
    resetOptions,
    state: [angle1, angle2, speed1, speed2, angles],
    turns: links,
    phases: [
      aim,
      (i) => stage(i, 1, SECONDS / 2),
      (i) => stage(i, 2, SECONDS / 2),
      (i) => stage(i, 2, SECONDS),
      arrive,
    ],
    judge,

    start(i, rng, interval) {
      angle1[i] = Math.fround(uniformStart(rng, interval));
      angle2[i] = Math.fround(uniformStart(rng, interval));
      speed1[i] = Math.fround(uniformStart(rng, interval));
      speed2[i] = Math.fround(uniformStart(rng, interval));
      show(i);
    },

    observe(i, out, at) {
      out[at] = cos[i];
      out[at + 1] = sin[i];
      out[at + 2] = cos[n + i];
      out[at + 3] = sin[n + i];
      out[at + 4] = speed1[i];
      out[at + 5] = speed2[i];
    },

    draw: (i) => drawLinks(angle1[i], angle2[i]),
  };
}

function drawLinks(angle1: number, angle2: number): Scene {
  const direction1 = angle1 - Math.PI / 2;
  const direction2 = direction1 + angle2;
  const elbow = turned([LENGTH, 0], direction1, [0, 0]);
  return {
    view: { left: -2.2, right: 2.2, bottom: -2.2, top: 2.2 },
    background: "#ffffff",
    shapes: [
      {
        kind: "line",
        points: [
          [-2.2, 1],
          [2.2, 1],
        ],
        stroke: "#000000",
        width: 0.01,
      },
      { kind: "polygon", points: turnedRectangle([0, -0.1, LENGTH, 0.1], direction1, [0, 0]), fill: "#00cccc" },
      { kind: "circle", centre: [0, 0], radius: 0.1, fill: "#cccc00" },
      { kind: "polygon", points: turnedRectangle([0, -0.1, LENGTH, 0.1], direction2, elbow), fill: "#00cccc" },
      { kind: "circle", centre: elbow, radius: 0.1, fill: "#cccc00" },
    ],
  };
}

/** The spec of Acrobot-v1, for `register` of `ascent/lean`. */
export const acrobot = defineEnv({
  id: "Acrobot-v1",
  summary: "swing two hanging links above a line with a motor at the elbow",
  framesPerSecond: 15,
  options,
  maxEpisodeSteps: 500,
  rewardThreshold: -100,
  dynamics,
});
