/**
 * HalfCheetah: a two-legged runner in the plane, which can't fall over for good, runs as fast as it can.
 *
 *   r = Δx/Δt − 0.1 Σ aᵢ²
 *
 * The observation is the positions without x, then the velocities. Nothing ends an episode but the time limit. As
 * Gymnasium's HalfCheetah-v5.
 */

import { real, type Values } from "../../options.js";
import { BODY, FAR, GROUND, JOINT } from "../colours.js";
import { model, motor, part, planarRoot } from "../mjcf.js";
import { anyNumbers, type MujocoTask } from "../mujoco-env.js";
import { weightedSquares32 } from "../numpy-sums.js";
import { excludeX } from "./exclude.js";
import { noisyStart } from "./noisy-start.js";
import { pushes, robot } from "./robot-spec.js";

const FRAME_SKIP = 5;
const TIMESTEP = 0.01;
const THICKNESS = 0.046;

/** One part of a leg: where it hangs, its joint with a spring, its capsule, the gear of its motor. */
interface Limb {
  readonly name: string;
  readonly at: readonly [x: number, z: number];
  readonly range: readonly [number, number];
  readonly damping: number;
  readonly stiffness: number;
  readonly gear: number;
  /** The middle of the capsule, half its length, and its angle about y. */
  readonly capsule: readonly [x: number, z: number, half: number, angle: number];
}

const HIND: readonly Limb[] = [
  {
    name: "hind thigh",
    at: [-0.5, 0],
    range: [-0.52, 1.05],
    damping: 6,
    stiffness: 240,
    gear: 120,
    capsule: [0.1, -0.13, 0.145, -3.8],
  },
  {
    name: "hind shin",
    at: [0.16, -0.25],
    range: [-0.785, 0.785],
    damping: 4.5,
    stiffness: 180,
    gear: 90,
    capsule: [-0.14, -0.07, 0.15, -2.03],
  },
  {
    name: "hind foot",
    at: [-0.28, -0.14],
    range: [-0.4, 0.785],
    damping: 3,
    stiffness: 120,
    gear: 60,
    capsule: [0.03, -0.097, 0.094, -0.27],
  },
];

const FRONT: readonly Limb[] = [
  {
    name: "front thigh",
    at: [0.5, 0],
    range: [-1, 0.7],
    damping: 4.5,
    stiffness: 180,
    gear: 120,
    capsule: [-0.07, -0.12, 0.133, 0.52],
  },
  {
    name: "front shin",
    at: [-0.14, -0.24],
    range: [-1.2, 0.87],
    damping: 3,
    stiffness: 120,
    gear: 60,
    capsule: [0.065, -0.09, 0.106, -0.6],
  },
  {
    name: "front foot",
    at: [0.13, -0.18],
    range: [-0.5, 0.5],
    damping: 1.5,
    stiffness: 60,
    gear: 30,
    capsule: [0.045, -0.07, 0.07, -0.6],
  },
];

/** The limbs of a leg, each within the one before. */
function leg([limb, ...rest]: readonly Limb[], colour: readonly number[]): string {
  const { name, at, range, damping, stiffness, capsule } = limb;
  const [x, z, half, angle] = capsule;
  return part(
    "body",
    { name, pos: [at[0], 0, at[1]] },
    part("joint", { name, axis: [0, 1, 0], range, damping, stiffness }),
    part("geom", {
      pos: [x, 0, z],
      axisangle: [0, 1, 0, angle],
      size: [THICKNESS, half],
      rgba: rest.length === 0 ? JOINT : colour,
    }),
    ...(rest.length === 0 ? [] : [leg(rest, colour)]),
  );
}

const XML = model("half cheetah", {
  compiler: { angle: "radian", settotalmass: 14 },
  option: { timestep: TIMESTEP },
  joint: {
    armature: 0.1,
    damping: 0.01,
    stiffness: 8,
    limited: true,
    solimplimit: [0, 0.8, 0.03],
    solreflimit: [0.02, 1],
  },
  geom: {
    type: "capsule",
    conaffinity: 0,
    friction: [0.4, 0.1, 0.1],
    solimp: [0, 0.8, 0.01],
    solref: [0.02, 1],
    rgba: BODY,
  },
  world: [
    part("geom", { type: "plane", conaffinity: 1, size: [40, 40, 40], rgba: GROUND }),
    part(
      "body",
      { name: "torso", pos: [0, 0, 0.7] },
      ...planarRoot({ below: 0, ref: 0 }),
      part("geom", { fromto: [-0.5, 0, 0, 0.5, 0, 0], size: THICKNESS }),
      part("geom", { pos: [0.6, 0, 0.1], axisangle: [0, 1, 0, 0.87], size: [THICKNESS, 0.15] }),
      leg(HIND, BODY),
      leg(FRONT, FAR),
    ),
  ],
  motors: [...HIND, ...FRONT].map(({ name, gear }) => motor(name, gear)),
});

const options = {
  forwardRewardWeight: real(1, { help: "reward for each metre per second forwards" }),
  ctrlCostWeight: real(0.1, { min: 0, help: "cost of the sum of the squared actions" }),
  resetNoiseScale: real(0.1, { min: 0, help: "greatest noise of the first positions, deviation of the first speeds" }),
  excludeCurrentPositionsFromObservation: excludeX,
};

function task(values: Values<typeof options>): MujocoTask {
  const { forwardRewardWeight, ctrlCostWeight, resetNoiseScale } = values;
  const skipped = values.excludeCurrentPositionsFromObservation ? 1 : 0;
  return {
    xml: XML,
    frameSkip: FRAME_SKIP,
    observationSpace: anyNumbers(18 - skipped),
    actionSpace: pushes(6),
    camera: { from: "side", follow: "torso", centre: [0, 0.6], size: [3.2, 1.8] },
    start: (robot, rng) => noisyStart(robot, rng, resetNoiseScale, "normal"),
    observe: ({ qpos, qvel }) => [...qpos.subarray(skipped), ...qvel],
    track: ({ qpos }) => [qpos[0]],
    judge({ qpos: [x] }, action, [xBefore]) {
      const xVelocity = (x - xBefore) / (TIMESTEP * FRAME_SKIP);
      const rewardForward = forwardRewardWeight * xVelocity;
      const cost = weightedSquares32(ctrlCostWeight, action);
      return {
        reward: rewardForward - cost,
        info: { xPosition: x, xVelocity, rewardForward, rewardCtrl: -cost },
      };
    },
  };
}

export const halfCheetah = robot({
  id: "HalfCheetah-v5",
  summary: "run as fast as two legs allow, in the plane",
  framesPerSecond: 20,
  maxEpisodeSteps: 1000,
  rewardThreshold: 4800,
  options,
  task,
});
