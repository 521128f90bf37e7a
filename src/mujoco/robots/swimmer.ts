/**
 * Swimmer: three links in a viscous fluid move forwards by bending.
 *
 *   r = Δx/Δt − 0.0001 Σ aᵢ²
 *
 * The observation is the angles without x and y, then the velocities. Nothing ends an episode but the time limit. As
 * Gymnasium's Swimmer-v5.
 */

import { real, type Values } from "../../options.js";
import { BODY, FAR, GROUND, JOINT } from "../colours.js";
import { model, motor, part } from "../mjcf.js";
import { anyNumbers, type MujocoTask } from "../mujoco-env.js";
import { weightedSquares32 } from "../numpy-sums.js";
import { excludeX } from "./exclude.js";
import { noisyStart } from "./noisy-start.js";
import { pushes, robot } from "./robot-spec.js";

const FRAME_SKIP = 4;
const TIMESTEP = 0.01;
const JOINTS = ["first joint", "second joint"];

const link = (from: number, to: number, rgba: readonly number[]): string =>
  part("geom", { fromto: [from, 0, 0, to, 0, 0], size: 0.1, density: 1000, rgba });
const bend = (name: string): string => part("joint", { name, axis: [0, 0, 1], limited: true, range: [-100, 100] });

const XML = model("swimmer", {
  option: { density: 4000, viscosity: 0.1, integrator: "RK4", timestep: TIMESTEP },
  joint: { armature: 0.1 },
  geom: { type: "capsule", contype: 0, conaffinity: 0, condim: 1 },
  world: [
    part("geom", { type: "plane", condim: 3, pos: [0, 0, -0.1], size: [40, 40, 0.1], rgba: GROUND }),
    part(
      "body",
      { name: "torso" },
      link(1.5, 0.5, JOINT),
      part("joint", { name: "forward", type: "slide", axis: [1, 0, 0] }),
      part("joint", { name: "sideways", type: "slide", axis: [0, 1, 0] }),
      part("joint", { name: "heading", axis: [0, 0, 1] }),
      part(
        "body",
        { name: "middle", pos: [0.5, 0, 0] },
        link(0, -1, BODY),
        bend(JOINTS[0]),
        part("body", { name: "tail", pos: [-1, 0, 0] }, link(0, -1, FAR), bend(JOINTS[1])),
      ),
    ),
  ],
  motors: JOINTS.map((joint) => motor(joint, 150)),
});

const options = {
  forwardRewardWeight: real(1, { help: "reward for each metre per second forwards" }),
  ctrlCostWeight: real(1e-4, { min: 0, help: "cost of the sum of the squared actions" }),
  resetNoiseScale: real(0.1, { min: 0, help: "positions and speeds start within ± this" }),
  excludeCurrentPositionsFromObservation: excludeX,
};

function task(values: Values<typeof options>): MujocoTask {
  const { forwardRewardWeight, ctrlCostWeight, resetNoiseScale } = values;
  const skipped = values.excludeCurrentPositionsFromObservation ? 2 : 0;
  return {
    xml: XML,
    frameSkip: FRAME_SKIP,
    observationSpace: anyNumbers(10 - skipped),
    actionSpace: pushes(2),
    camera: { from: "top", follow: "middle", centre: [-0.5, 0], size: [5, 3.4] },
    start: (robot, rng) => noisyStart(robot, rng, resetNoiseScale, "uniform"),
    observe: ({ qpos, qvel }) => [...qpos.subarray(skipped), ...qvel],
    track: ({ qpos }) => [qpos[0], qpos[1]],
    judge({ qpos: [x, y] }, action, [xBefore, yBefore]) {
      const seconds = TIMESTEP * FRAME_SKIP;
      const xVelocity = (x - xBefore) / seconds;
      const rewardForward = forwardRewardWeight * xVelocity;
      const cost = weightedSquares32(ctrlCostWeight, action);
      return {
        reward: rewardForward - cost,
        info: {
          xPosition: x,
          yPosition: y,
          xVelocity,
          yVelocity: (y - yBefore) / seconds,
          rewardForward,
          rewardCtrl: -cost,
        },
      };
    },
  };
}

export const swimmer = robot({
  id: "Swimmer-v5",
  summary: "swim forwards with three links",
  framesPerSecond: 25,
  maxEpisodeSteps: 1000,
  rewardThreshold: 360,
  options,
  task,
});
