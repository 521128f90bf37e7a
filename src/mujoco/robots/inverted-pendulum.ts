/**
 * InvertedPendulum: a cart on a rail holds up a pole; every step with the pole within 0.2 radians pays 1.
 *
 * The observation is x, θ, ẋ, θ̇; the action is the force on the cart, −3 to 3, times 100 N. As Gymnasium's
 * InvertedPendulum-v5.
 */

import { real, type Values } from "../../options.js";
import { BODY, JOINT, RAIL } from "../colours.js";
import { model, motor, part } from "../mjcf.js";
import { anyNumbers, type MujocoTask } from "../mujoco-env.js";
import { LYING } from "./lying.js";
import { noisyStart } from "./noisy-start.js";
import { pushes, robot } from "./robot-spec.js";

const ANGLE_LIMIT = 0.2;
const STRONGEST = 3;

const XML = model("inverted pendulum", {
  option: { integrator: "RK4", timestep: 0.02 },
  joint: { damping: 1, limited: true },
  geom: { type: "capsule", contype: 0, friction: [1, 0.1, 0.1] },
  world: [
    part("geom", { quat: LYING, size: [0.02, 1], rgba: RAIL }),
    part(
      "body",
      { name: "cart" },
      part("joint", { name: "slide", type: "slide", axis: [1, 0, 0], range: [-1, 1] }),
      part("geom", { quat: LYING, size: [0.1, 0.1], rgba: BODY }),
      part(
        "body",
        { name: "pole" },
        part("joint", { name: "hinge", axis: [0, 1, 0], range: [-90, 90] }),
        part("geom", { fromto: [0, 0, 0, 0.001, 0, 0.6], size: 0.049, rgba: JOINT }),
      ),
    ),
  ],
  motors: [motor("slide", 100, STRONGEST)],
});

const options = {
  resetNoiseScale: real(0.01, { min: 0, help: "positions and speeds start within ± this" }),
};

function task({ resetNoiseScale }: Values<typeof options>): MujocoTask {
  return {
    xml: XML,
    frameSkip: 2,
    observationSpace: anyNumbers(4),
    actionSpace: pushes(1, STRONGEST),
    camera: { from: "side", centre: [0, 0.25], size: [2.6, 1.6] },
    start: (robot, rng) => noisyStart(robot, rng, resetNoiseScale, "uniform"),
    observe: ({ qpos, qvel }) => [...qpos, ...qvel],
    judge({ qpos, qvel }) {
      const finite = qpos.every(Number.isFinite) && qvel.every(Number.isFinite);
      const terminated = !finite || Math.abs(qpos[1]) > ANGLE_LIMIT;
      return { reward: terminated ? 0 : 1, terminated };
    },
  };
}

export const invertedPendulum = robot({
  id: "InvertedPendulum-v5",
  summary: "balance a pole on a cart, simulated by MuJoCo",
  framesPerSecond: 25,
  maxEpisodeSteps: 1000,
  rewardThreshold: 950,
  options,
  task,
});
