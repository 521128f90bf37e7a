/** What Hopper and Walker2d have in common: they are paid for going forwards, and for not falling over. */

import { type FlagOption, flag, type RealOption, real } from "../../options.js";
import type { MujocoTask } from "../mujoco-env.js";
import { anyNumbers } from "../mujoco-env.js";
import { weightedSquares32 } from "../numpy-sums.js";
import type { Robot } from "../robot.js";
import { excludeX } from "./exclude.js";
import { noisyStart } from "./noisy-start.js";
import { pushes } from "./robot-spec.js";

/** Faster joints are seen as this fast, in units per second. */
const TOP_SPEED = 10;
const FRAME_SKIP = 4;
const SECONDS = 0.002 * FRAME_SKIP;

/** An alias: an interface is no schema to the compiler. */
type WalkingOptions = {
  readonly forwardRewardWeight: RealOption;
  readonly ctrlCostWeight: RealOption;
  readonly healthyReward: RealOption;
  readonly terminateWhenUnhealthy: FlagOption;
  readonly healthyZMin: RealOption;
  readonly healthyAngle: RealOption;
  readonly resetNoiseScale: RealOption;
  readonly excludeCurrentPositionsFromObservation: FlagOption;
};

export function walkingOptions({ lowest, mostLean }: { lowest: number; mostLean: number }): WalkingOptions {
  return {
    forwardRewardWeight: real(1, { help: "reward for each metre per second forwards" }),
    ctrlCostWeight: real(1e-3, { min: 0, help: "cost of the sum of the squared actions" }),
    healthyReward: real(1, { help: "reward of a step while the robot stands" }),
    terminateWhenUnhealthy: flag(true, { help: "whether an episode ends when the robot has fallen" }),
    healthyZMin: real(lowest, { help: "the robot has fallen with its torso at or below this height, in metres" }),
    healthyAngle: real(mostLean, { min: 0, help: "and when it leans by this much or more, in radians" }),
    resetNoiseScale: real(5e-3, { min: 0, help: "positions and speeds start within ± this of the usual ones" }),
    excludeCurrentPositionsFromObservation: excludeX,
  };
}

type WalkingValues = { readonly [K in keyof WalkingOptions]: WalkingOptions[K]["default"] };

interface Walker {
  readonly xml: string;
  readonly joints: number;
  readonly motors: number;
  isHealthy(robot: Robot): boolean;
}

/** Whether the torso is between two heights and leans by less than `lean`. */
export function standing(
  [, z, angle]: Float64Array,
  { low, high, lean }: { low: number; high: number; lean: number },
): boolean {
  return low < z && z < high && -lean < angle && angle < lean;
}

export function walkingTask({ xml, joints, motors, isHealthy }: Walker, options: WalkingValues): MujocoTask {
  const { forwardRewardWeight, ctrlCostWeight, healthyReward, terminateWhenUnhealthy, resetNoiseScale } = options;
  const skipped = options.excludeCurrentPositionsFromObservation ? 1 : 0;
  return {
    xml,
    frameSkip: FRAME_SKIP,
    observationSpace: anyNumbers(2 * joints - skipped),
    actionSpace: pushes(motors),
    camera: { from: "side", follow: "torso", centre: [0, 0.8], size: [3.2, 2] },
    start: (robot, rng) => noisyStart(robot, rng, resetNoiseScale, "uniform"),
    observe: ({ qpos, qvel }) => [
      ...qpos.subarray(skipped),
      ...qvel.map((speed) => Math.min(Math.max(speed, -TOP_SPEED), TOP_SPEED)),
    ],
    track: ({ qpos }) => [qpos[0]],
    judge(robot, action, [xBefore]) {
      const [x] = robot.qpos;
      const xVelocity = (x - xBefore) / SECONDS;
      const healthy = isHealthy(robot);
      const rewardForward = forwardRewardWeight * xVelocity;
      const rewardSurvive = healthy ? healthyReward : 0;
      const cost = weightedSquares32(ctrlCostWeight, action);
      return {
        reward: rewardForward + rewardSurvive - cost,
        terminated: !healthy && terminateWhenUnhealthy,
        info: { xPosition: x, xVelocity, rewardForward, rewardCtrl: -cost, rewardSurvive },
      };
    },
  };
}
