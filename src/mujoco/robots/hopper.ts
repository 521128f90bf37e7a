/**
 * Hopper: one leg of three joints hops forwards without falling over.
 *
 *   r = Δx/Δt + 1 while it stands − 0.001 Σ aᵢ²
 *
 * It has fallen when its torso is below 0.7 m, leans by more than 0.2 radians, or another number of its state exceeds
 * 100. The observation is the positions without x, then the velocities, cut to ±10. As Gymnasium's Hopper-v5.
 */

import type { Values } from "../../options.js";
import { BODY, GROUND, JOINT } from "../colours.js";
import { model, motor, part, planarRoot } from "../mjcf.js";
import type { MujocoTask } from "../mujoco-env.js";
import { FORWARDS } from "./lying.js";
import { robot } from "./robot-spec.js";
import { standing, walkingOptions, walkingTask } from "./walking.js";

const MOTORS = ["hip", "knee", "ankle"];
const STATE_LIMIT = 100;

/** A joint whose positive direction bends the leg backwards. */
const bend = (name: string, range: readonly number[], pos: readonly number[] = [0, 0, 0]): string =>
  part("joint", { name, axis: [0, -1, 0], pos, range });
const SLIPPERY = { friction: 0.9 };

const XML = model("hopper", {
  option: { integrator: "RK4", timestep: 0.002 },
  joint: { armature: 1, damping: 1, limited: true },
  geom: { type: "capsule", condim: 1, margin: 0.001, solimp: [0.8, 0.8, 0.01], solref: [0.02, 1], rgba: BODY },
  world: [
    part("geom", { type: "plane", condim: 3, size: [20, 20, 0.125], rgba: GROUND }),
    part(
      "body",
      { name: "torso", pos: [0, 0, 1.25] },
      ...planarRoot({ below: 1.25, ref: 1.25 }),
      part("geom", { size: [0.05, 0.19999999999999996], ...SLIPPERY }),
      part(
        "body",
        { name: "thigh", pos: [0, 0, -0.19999999999999996] },
        bend("hip", [-150, 0]),
        part("geom", { pos: [0, 0, -0.22500000000000009], size: [0.05, 0.22500000000000003], ...SLIPPERY }),
        part(
          "body",
          { name: "shin", pos: [0, 0, -0.7000000000000001] },
          bend("knee", [-150, 0], [0, 0, 0.25]),
          part("geom", { size: [0.04, 0.25], ...SLIPPERY }),
          part(
            "body",
            { name: "foot", pos: [0.13, 0, -0.35] },
            bend("ankle", [-45, 45], [-0.13, 0, 0.1]),
            part("geom", {
              pos: [-0.065, 0, 0.1],
              quat: FORWARDS,
              size: [0.06, 0.195],
              friction: 2,
              rgba: JOINT,
            }),
          ),
        ),
      ),
    ),
  ],
  motors: MOTORS.map((joint) => motor(joint, 200)),
});

const options = walkingOptions({ lowest: 0.7, mostLean: 0.2 });

function task(values: Values<typeof options>): MujocoTask {
  const { healthyZMin, healthyAngle } = values;
  return walkingTask(
    {
      xml: XML,
      joints: 6,
      motors: MOTORS.length,
      isHealthy: ({ qpos, qvel }) =>
        standing(qpos, { low: healthyZMin, high: Infinity, lean: healthyAngle }) &&
        qpos.every((place, i) => i < 2 || Math.abs(place) < STATE_LIMIT) &&
        qvel.every((speed) => Math.abs(speed) < STATE_LIMIT),
    },
    values,
  );
}

export const hopper = robot({
  id: "Hopper-v5",
  summary: "hop forwards on one leg",
  framesPerSecond: 125,
  maxEpisodeSteps: 1000,
  rewardThreshold: 3800,
  options,
  task,
});
