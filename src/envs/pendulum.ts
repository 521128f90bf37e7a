/**
 * Pendulum: swing a rod up with a weak motor and hold it there.
 *
 *   cost = θ² + 0.1 ω² + 0.001 u²        θ wrapped to [−π, π), 0 upright; u the torque, clipped to ±2
 *   ω ← clip(ω + (3g/2l sin θ + 3/(m l²) u) 0.05, ±8)        θ ← θ + 0.05 ω
 *
 * The reward is −cost of the state before the step. As in Gymnasium's Pendulum-v1, which multiplies the torque in
 * float32.
 */

import { real } from "../options.js";
import type { SceneShape } from "../scene/scene.js";
import { box } from "../spaces/box.js";
import { type Dynamics, exchange, turns } from "./dynamics.js";
import { defineEnv } from "./env-spec.js";
import { turned, turnedRectangle } from "./shapes.js";

const TOP_SPEED = 8;
const TOP_TORQUE = 2;
const SECONDS = 0.05;
const MASS = 1;
const LENGTH = 1;

const f32 = Math.fround;

const options = {
  g: real(10, { help: "acceleration of gravity, in m/s²" }),
};
const resetOptions = {
  xInit: real(Math.PI, { min: 0, help: "the angle starts between -xInit and xInit" }),
  yInit: real(1, { min: 0, help: "the angular speed starts between -yInit and yInit" }),
};

/** The angle wrapped to [−π, π), with the remainder of Python's `%`. */
function wrapped(angle: number): number {
  const remainder = (angle + Math.PI) % (2 * Math.PI);
  return (remainder < 0 ? remainder + 2 * Math.PI : remainder) - Math.PI;
}

function dynamics(n: number, { g }: { g: number }): Dynamics<typeof resetOptions> {
  const speed = new Float64Array(n);
  const torque = new Float64Array(n);
  const rod = turns(n);
  const { angles: angle, sin, cos } = rod;
  const steps = exchange(n);
  const { actions, rewards, terminated } = steps;

  function move(i: number): void {
    const u = Math.min(Math.max(actions[i], -TOP_TORQUE), TOP_TORQUE);
    const theta = wrapped(angle[i]);
    const omega = speed[i];
    rewards[i] = -(theta * theta + 0.1 * (omega * omega) + f32(f32(0.001) * f32(u * u)));
    terminated[i] = 0;
    const push = f32((3 / (MASS * LENGTH * LENGTH)) * u);
    const faster = omega + (((3 * g) / (2 * LENGTH)) * sin[i] + push) * SECONDS;
    speed[i] = Math.min(Math.max(faster, -TOP_SPEED), TOP_SPEED);
    angle[i] += speed[i] * SECONDS;
    torque[i] = u;
  }

  return {
    ...steps,
    observationSpace: box({ low: [-1, -1, -TOP_SPEED], high: [1, 1, TOP_SPEED] }),
    actionSpace: box({ low: -TOP_TORQUE, high: TOP_TORQUE, shape: [1] }),
    resetOptions,
    state: [angle, speed, torque],
    turns: rod,
    phases: [move],

    start(i, rng, { xInit, yInit }) {
      angle[i] = rng.uniform(-xInit, xInit);
      speed[i] = rng.uniform(-yInit, yInit);
      torque[i] = 0;
    },

    observe(i, out, at) {
      out[at] = cos[i];
      out[at + 1] = sin[i];
      out[at + 2] = speed[i];
    },

    draw: (i) => ({
      view: { left: -2.2, right: 2.2, bottom: -2.2, top: 2.2 },
      background: "#ffffff",
      shapes: [
        {
          kind: "polygon",
          points: turnedRectangle([0, -0.1, LENGTH, 0.1], angle[i] + Math.PI / 2, [0, 0]),
          fill: "#cc4d4d",
        },
        { kind: "circle", centre: [0, 0], radius: 0.1, fill: "#cc4d4d" },
        { kind: "circle", centre: turned([LENGTH, 0], angle[i] + Math.PI / 2, [0, 0]), radius: 0.1, fill: "#cc4d4d" },
        ...torqueArrow(torque[i]),
        { kind: "circle", centre: [0, 0], radius: 0.05, fill: "#000000" },
      ],
    }),
  };
}

/**
 * An arc around the axle with an arrow head on the side of the turn. A stronger torque gives a longer and larger arc.
 */
function torqueArrow(torque: number): SceneShape[] {
  if (torque === 0) return [];
  const strength = Math.abs(torque) / TOP_TORQUE;
  const radius = 0.15 + 0.35 * strength;
  const turn = Math.sign(torque);
  const sweep = turn * 1.5 * Math.PI * (0.25 + 0.75 * strength);
  const arc = Array.from({ length: 25 }, (_, i) => turned([radius, 0], Math.PI / 2 + (sweep * i) / 24, [0, 0]));
  const head = 0.1 * (0.5 + 0.5 * strength);
  const tip = turned([radius, turn * 1.6 * head], Math.PI / 2 + sweep, [0, 0]);
  const inner = turned([radius - head, 0], Math.PI / 2 + sweep, [0, 0]);
  const outer = turned([radius + head, 0], Math.PI / 2 + sweep, [0, 0]);
  return [
    { kind: "line", points: arc, stroke: "#33388c", width: 0.05 },
    { kind: "polygon", points: [tip, inner, outer], fill: "#33388c" },
  ];
}

/** The spec of Pendulum-v1, for `register` of `ascent/lean`. */
export const pendulum = defineEnv({
  id: "Pendulum-v1",
  summary: "swing a rod up with a weak motor and keep it upright",
  options,
  maxEpisodeSteps: 200,
  dynamics,
});
