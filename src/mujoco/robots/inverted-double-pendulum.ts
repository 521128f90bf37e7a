/**
 * InvertedDoublePendulum: a cart on a rail holds up two poles, one on the other.
 *
 *   r = 10 while the tip is above 1 m − 0.01 x² − (z − 2)² − 0.001 ω₁² − 0.005 ω₂²        x, z of the tip
 *
 * The observation is the cart's position, the sines of both angles, their cosines, the velocities, cut to ±10, and the
 * force of the rail's end on the cart, likewise. As Gymnasium's InvertedDoublePendulum-v5.
 */

import { cos, sin } from "../../kernels/maths.js";
import { real, type Values } from "../../options.js";
import { BODY, FAR, GROUND, JOINT, RAIL } from "../colours.js";
import { model, motor, part } from "../mjcf.js";
import { anyNumbers, type MujocoTask } from "../mujoco-env.js";
import { LYING } from "./lying.js";
import { noisyStart } from "./noisy-start.js";
import { pushes, robot } from "./robot-spec.js";

const LOWEST = 1;
const MOST = 10;

const POLE = part("geom", { fromto: [0, 0, 0, 0, 0, 0.6], size: 0.045, rgba: JOINT });
const hinge = (name: string): string => part("joint", { name, axis: [0, 1, 0] });

const XML = model("inverted double pendulum", {
  option: { gravity: [1e-5, 0, -9.81], integrator: "RK4", timestep: 0.01 },
  joint: { damping: 0.05 },
  geom: { type: "capsule", contype: 0, friction: [1, 0.1, 0.1] },
  world: [
    part("geom", { type: "plane", pos: [0, 0, -3], size: [40, 40, 40], rgba: GROUND }),
    part("geom", { quat: LYING, size: [0.02, 1], rgba: RAIL }),
    part(
      "body",
      { name: "cart" },
      part("joint", { name: "slide", type: "slide", axis: [1, 0, 0], limited: true, range: [-1, 1], margin: 0.01 }),
      part("geom", { quat: LYING, size: [0.1, 0.1], rgba: BODY }),
      part(
        "body",
        { name: "lower pole" },
        hinge("lower hinge"),
        POLE,
        part(
          "body",
          { name: "upper pole", pos: [0, 0, 0.6] },
          hinge("upper hinge"),
          POLE,
          part("site", { name: "tip", pos: [0, 0, 0.6], size: [0.01, 0.01], rgba: FAR }),
        ),
      ),
    ),
  ],
  motors: [motor("slide", 500)],
});

const options = {
  healthyReward: real(10, { help: "reward of a step while the tip is high enough" }),
  resetNoiseScale: real(0.1, { min: 0, help: "greatest noise of the first positions, deviation of the first speeds" }),
};

const cut = (value: number): number => Math.min(Math.max(value, -MOST), MOST);

function task({ healthyReward, resetNoiseScale }: Values<typeof options>): MujocoTask {
  return {
    xml: XML,
    frameSkip: 5,
    observationSpace: anyNumbers(9),
    actionSpace: pushes(1),
    camera: { from: "side", centre: [0, 0.5], size: [2.6, 1.8] },
    start: (robot, rng) => noisyStart(robot, rng, resetNoiseScale, "normal"),
    observe: ({ qpos: [x, lower, upper], qvel, constraintForces }) => [
      x,
      sin(lower),
      sin(upper),
      cos(lower),
      cos(upper),
      ...qvel.map(cut),
      cut(constraintForces[0]),
    ],
    judge(robot) {
      const [x, , z] = robot.site("tip");
      const [, lower, upper] = robot.qvel;
      const terminated = z <= LOWEST;
      const rewardSurvive = terminated ? 0 : healthyReward;
      const distance = 0.01 * (x * x) + (z - 2) * (z - 2);
      const speed = 1e-3 * (lower * lower) + 5e-3 * (upper * upper);
      const info = { rewardSurvive, distancePenalty: -distance, velocityPenalty: -speed };
      return { reward: rewardSurvive - distance - speed, terminated, info };
    },
  };
}

export const invertedDoublePendulum = robot({
  id: "InvertedDoublePendulum-v5",
  summary: "balance two poles on each other on a cart",
  framesPerSecond: 20,
  maxEpisodeSteps: 1000,
  rewardThreshold: 9100,
  options,
  task,
});
