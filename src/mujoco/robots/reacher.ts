/**
 * Reacher: an arm of two links in the plane brings its tip to a goal, which is elsewhere in each episode.
 *
 *   r = −‖tip − goal‖ − Σ aᵢ²
 *
 * The observation is the cosines of both angles, their sines, the goal, the angular velocities, and the way from the
 * goal to the tip. As Gymnasium's Reacher-v5.
 */

import { cos, sin } from "../../kernels/maths.js";
import { real, type Values } from "../../options.js";
import type { Generator } from "../../random/generator.js";
import { BODY, FAR, GOAL, GROUND, RAIL } from "../colours.js";
import { model, motor, part } from "../mjcf.js";
import { anyNumbers, type MujocoTask } from "../mujoco-env.js";
import { weightedSquares32 } from "../numpy-sums.js";
import type { Robot } from "../robot.js";
import { pushes, robot } from "./robot-spec.js";

const REACH = 0.2;
const ANGLE_NOISE = 0.1;
const SPEED_NOISE = 0.005;

/** One of the four walls of the square, from corner to corner. */
const wall = (x1: number, y1: number, x2: number, y2: number): string =>
  part("geom", { fromto: [x1, y1, 0.01, x2, y2, 0.01], size: 0.02, conaffinity: 0, rgba: RAIL });
const LINK = part("geom", { fromto: [0, 0, 0, 0.1, 0, 0], size: 0.01, rgba: BODY });
const turn = { axis: [0, 0, 1] };
const free = { armature: 0, damping: 0, stiffness: 0 };
const toGoal = { type: "slide", limited: true, range: [-0.27, 0.27], ...free };
const untouched = { contype: 0, conaffinity: 0 };

const XML = model("reacher", {
  compiler: { angle: "radian" },
  option: { integrator: "RK4", timestep: 0.01 },
  joint: { armature: 1, damping: 1, limited: true },
  geom: { type: "capsule", contype: 0, friction: [1, 0.1, 0.1] },
  world: [
    part("geom", { type: "plane", size: [1, 1, 10], rgba: GROUND, ...untouched }),
    wall(-0.3, -0.3, 0.3, -0.3),
    wall(0.3, -0.3, 0.3, 0.3),
    wall(-0.3, 0.3, 0.3, 0.3),
    wall(-0.3, -0.3, -0.3, 0.3),
    part("geom", { type: "cylinder", fromto: [0, 0, 0, 0, 0, 0.02], size: 0.011, rgba: RAIL, ...untouched }),
    part(
      "body",
      { name: "upper arm", pos: [0, 0, 0.01] },
      LINK,
      part("joint", { name: "shoulder", limited: false, ...turn }),
      part(
        "body",
        { name: "forearm", pos: [0.1, 0, 0] },
        part("joint", { name: "elbow", range: [-3, 3], ...turn }),
        LINK,
        part(
          "body",
          { name: "tip", pos: [0.11, 0, 0] },
          part("geom", { type: "sphere", size: 0.01, contype: 0, rgba: FAR }),
        ),
      ),
    ),
    part(
      "body",
      { name: "goal", pos: [0.1, -0.1, 0.01] },
      part("joint", { name: "goal x", axis: [1, 0, 0], ref: 0.1, ...toGoal }),
      part("joint", { name: "goal y", axis: [0, 1, 0], ref: -0.1, ...toGoal }),
      part("geom", { type: "sphere", size: 0.009, rgba: GOAL, ...untouched }),
    ),
  ],
  motors: ["shoulder", "elbow"].map((joint) => motor(joint, 200)),
});

const options = {
  rewardDistWeight: real(1, { help: "cost of each metre between tip and goal" }),
  rewardControlWeight: real(1, { min: 0, help: "cost of the sum of the squared actions" }),
};

/** The goal is within reach of the arm: drawn from a square until it is in the circle. */
function drawGoal(rng: Generator): readonly [number, number] {
  for (;;) {
    const [x, y] = rng.uniform(-REACH, REACH, 2);
    if (Math.sqrt(x * x + y * y) < REACH) return [x, y];
  }
}

function begin({ qpos, qvel }: Robot, rng: Generator): void {
  const angles = rng.uniform(-ANGLE_NOISE, ANGLE_NOISE, 4);
  const goal = drawGoal(rng);
  const speeds = rng.uniform(-SPEED_NOISE, SPEED_NOISE, 4);
  for (let i = 0; i < 2; i++) {
    qpos[i] += angles[i];
    qvel[i] += speeds[i];
    qpos[2 + i] = goal[i];
  }
}

function fromGoal(robot: Robot): number[] {
  const goal = robot.body("goal");
  return Array.from(robot.body("tip"), (place, i) => place - goal[i]);
}

function task({ rewardDistWeight, rewardControlWeight }: Values<typeof options>): MujocoTask {
  return {
    xml: XML,
    frameSkip: 2,
    observationSpace: anyNumbers(10),
    actionSpace: pushes(2),
    camera: { from: "top", size: [0.7, 0.7] },
    start: begin,
    observe(robot) {
      const { qpos, qvel } = robot;
      const [shoulder, elbow, ...goal] = qpos;
      const [x, y] = fromGoal(robot);
      return [cos(shoulder), cos(elbow), sin(shoulder), sin(elbow), ...goal, qvel[0], qvel[1], x, y];
    },
    judge(robot, action) {
      const [x, y, z] = fromGoal(robot);
      const rewardDist = -Math.sqrt(x * x + y * y + z * z) * rewardDistWeight;
      const rewardCtrl = -weightedSquares32(rewardControlWeight, action);
      return { reward: rewardDist + rewardCtrl, info: { rewardDist, rewardCtrl } };
    },
  };
}

export const reacher = robot({
  id: "Reacher-v5",
  summary: "bring the tip of an arm of two links to a goal",
  framesPerSecond: 50,
  maxEpisodeSteps: 50,
  rewardThreshold: -3.75,
  options,
  task,
});
