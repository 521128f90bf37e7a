/**
 * Walker2d: two legs of three joints each walk forwards without falling over.
 *
 *   r = Δx/Δt + 1 while it stands − 0.001 Σ aᵢ²
 *
 * It has fallen when its torso is below 0.8 m or above 2 m, or leans by more than 1 radian. The observation is the
 * positions without x, then the velocities, cut to ±10. As Gymnasium's Walker2d-v5.
 */

import { real, type Values } from "../../options.js";
import { BODY, FAR, GROUND, JOINT } from "../colours.js";
import { model, motor, part, planarRoot } from "../mjcf.js";
import type { MujocoTask } from "../mujoco-env.js";
import { FORWARDS } from "./lying.js";
import { robot } from "./robot-spec.js";
import { standing, walkingOptions, walkingTask } from "./walking.js";

const SIDES = [
  { side: "right", rgba: BODY },
  { side: "left", rgba: FAR },
];
const JOINTS = ["hip", "knee", "ankle"];
const SLIPPERY = { friction: 0.9 };

const bend = (name: string, range: readonly number[], pos: readonly number[] = [0, 0, 0]): string =>
  part("joint", { name, axis: [0, -1, 0], pos, range });

const leg = ({ side, rgba }: (typeof SIDES)[number]): string =>
  part(
    "body",
    { name: `${side} thigh`, pos: [0, 0, -0.19999999999999996] },
    bend(`${side} hip`, [-150, 0]),
    part("geom", { pos: [0, 0, -0.22500000000000009], size: [0.05, 0.22500000000000003], rgba, ...SLIPPERY }),
    part(
      "body",
      { name: `${side} shin`, pos: [0, 0, -0.7000000000000001] },
      bend(`${side} knee`, [-150, 0], [0, 0, 0.25]),
      part("geom", { size: [0.04, 0.25], rgba, ...SLIPPERY }),
      part(
        "body",
        { name: `${side} foot`, pos: [0.2, 0, -0.35] },
        bend(`${side} ankle`, [-45, 45], [-0.2, 0, 0.1]),
        part("geom", {
          pos: [-0.1, 0, 0.1],
          quat: FORWARDS,
          size: [0.06, 0.1],
          friction: 1.9,
          rgba: JOINT,
        }),
      ),
    ),
  );

const XML = model("walker", {
  option: { integrator: "RK4", timestep: 0.002 },
  joint: { armature: 0.01, damping: 0.1, limited: true },
  geom: { type: "capsule", conaffinity: 0, friction: [0.7, 0.1, 0.1], rgba: BODY },
  world: [
    part("geom", { type: "plane", conaffinity: 1, size: [40, 40, 40], rgba: GROUND }),
    part(
      "body",
      { name: "torso", pos: [0, 0, 1.25] },
      ...planarRoot({ below: 1.25, ref: 1.25 }),
      part("geom", { size: [0.05, 0.19999999999999996], ...SLIPPERY }),
      ...SIDES.map(leg),
    ),
  ],
  motors: SIDES.flatMap(({ side }) => JOINTS.map((joint) => motor(`${side} ${joint}`, 100))),
});

const options = {
  ...walkingOptions({ lowest: 0.8, mostLean: 1 }),
  healthyZMax: real(2, { help: "and with its torso at or above this height" }),
};

function task(values: Values<typeof options>): MujocoTask {
  const { healthyZMin: low, healthyZMax: high, healthyAngle: lean } = values;
  return walkingTask(
    { xml: XML, joints: 9, motors: 6, isHealthy: ({ qpos }) => standing(qpos, { low, high, lean }) },
    values,
  );
}

export const walker2d = robot({
  id: "Walker2d-v5",
  summary: "walk forwards on two legs, in the plane",
  framesPerSecond: 125,
  maxEpisodeSteps: 1000,
  options,
  task,
});
