/**
 * Ant: four legs of two joints each walk forwards, in three dimensions.
 *
 *   r = Δx/Δt of the torso + 1 while it is well − 0.5 Σ aᵢ² − 0.0005 Σ f²        f the contact forces, cut to ±1
 *
 * It is well while its torso is between 0.2 m and 1 m high. The observation is the positions without x and y, then the
 * velocities, then the contact forces on the 13 bodies. As Gymnasium's Ant-v5.
 */

import { flag, real, type Values } from "../../options.js";
import { BODY, FAR, GROUND, JOINT } from "../colours.js";
import { model, motor, part } from "../mjcf.js";
import { anyNumbers, type MujocoTask } from "../mujoco-env.js";
import { squares64, weightedSquares32 } from "../numpy-sums.js";
import { excludeX } from "./exclude.js";
import { noisyStart } from "./noisy-start.js";
import { pushes, robot } from "./robot-spec.js";

const FRAME_SKIP = 5;
const TIMESTEP = 0.01;
const PLACES = 15;
const SPEEDS = 14;
/** Six numbers for each body but the world. */
const FORCES = 78;
const FORCE_LIMIT = 1;

/** A leg points away from the torso by (x, y); its ankle turns about an axis in the plane, over a range in degrees. */
interface Leg {
  readonly name: string;
  readonly x: 1 | -1;
  readonly y: 1 | -1;
  readonly axis: readonly number[];
  readonly ankle: readonly [number, number];
}

const LEGS: readonly Leg[] = [
  { name: "front left", x: 1, y: 1, axis: [-1, 1, 0], ankle: [30, 70] },
  { name: "front right", x: -1, y: 1, axis: [1, 1, 0], ankle: [-70, -30] },
  { name: "back left", x: -1, y: -1, axis: [-1, 1, 0], ankle: [-70, -30] },
  { name: "back right", x: 1, y: -1, axis: [1, 1, 0], ankle: [30, 70] },
];
/** The motors begin with the last leg. */
const MOTOR_ORDER = [3, 0, 1, 2];

function leg({ name, x, y, axis, ankle }: Leg): string {
  const strut = (length: number, rgba: readonly number[]): string =>
    part("geom", { fromto: [0, 0, 0, length * x, length * y, 0], size: 0.08, rgba });
  const elbow = [0.2 * x, 0.2 * y, 0];
  return part(
    "body",
    { name },
    strut(0.2, BODY),
    part(
      "body",
      { name: `${name} thigh`, pos: elbow },
      part("joint", { name: `${name} hip`, axis: [0, 0, 1], range: [-30, 30] }),
      strut(0.2, FAR),
      part(
        "body",
        { name: `${name} foot`, pos: elbow },
        part("joint", { name: `${name} ankle`, axis, range: ankle }),
        strut(0.4, JOINT),
      ),
    ),
  );
}

const XML = model("ant", {
  option: { integrator: "RK4", timestep: TIMESTEP },
  joint: { armature: 1, damping: 1, limited: true },
  geom: { type: "capsule", conaffinity: 0, density: 5, friction: [1, 0.5, 0.5], margin: 0.01 },
  world: [
    part("geom", { type: "plane", conaffinity: 1, size: [40, 40, 40], rgba: GROUND }),
    part(
      "body",
      { name: "torso", pos: [0, 0, 0.75] },
      part("geom", { type: "sphere", size: 0.25, rgba: BODY }),
      part("joint", { name: "root", type: "free", armature: 0, damping: 0, limited: false, margin: 0.01 }),
      ...LEGS.map(leg),
    ),
  ],
  motors: MOTOR_ORDER.flatMap((i) => ["hip", "ankle"].map((joint) => motor(`${LEGS[i].name} ${joint}`, 150))),
});

const options = {
  forwardRewardWeight: real(1, { help: "reward for each metre per second forwards" }),
  ctrlCostWeight: real(0.5, { min: 0, help: "cost of the sum of the squared actions" }),
  contactCostWeight: real(5e-4, { min: 0, help: "cost of the sum of the squared contact forces" }),
  healthyReward: real(1, { help: "reward of a step while the torso is at a healthy height" }),
  terminateWhenUnhealthy: flag(true, { help: "whether an episode ends when it is not" }),
  healthyZMin: real(0.2, { help: "the least healthy height, in metres" }),
  healthyZMax: real(1, { help: "the greatest healthy height" }),
  resetNoiseScale: real(0.1, { min: 0, help: "greatest noise of the first positions, deviation of the first speeds" }),
  excludeCurrentPositionsFromObservation: excludeX,
  includeCfrcExtInObservation: flag(true, { help: "whether the observation has the contact forces" }),
};

const cut = (force: number): number => Math.min(Math.max(force, -FORCE_LIMIT), FORCE_LIMIT);

function task(values: Values<typeof options>): MujocoTask {
  const { forwardRewardWeight, ctrlCostWeight, contactCostWeight, healthyReward, includeCfrcExtInObservation } = values;
  const { terminateWhenUnhealthy, healthyZMin, healthyZMax, resetNoiseScale } = values;
  const skipped = values.excludeCurrentPositionsFromObservation ? 2 : 0;
  return {
    xml: XML,
    frameSkip: FRAME_SKIP,
    contactForces: true,
    observationSpace: anyNumbers(PLACES - skipped + SPEEDS + (includeCfrcExtInObservation ? FORCES : 0)),
    actionSpace: pushes(8),
    camera: { from: "above", follow: "torso", centre: [0, 0.3], size: [4, 2.8] },
    start: (robot, rng) => noisyStart(robot, rng, resetNoiseScale, "normal"),
    observe: ({ qpos, qvel, contactForces }) => [
      ...qpos.subarray(skipped),
      ...qvel,
      ...(includeCfrcExtInObservation ? contactForces.subarray(6).map(cut) : []),
    ],
    // MuJoCo has the torso's place for the state one substep before that of the joints. Gymnasium pays for that place.
    track: (robot) => [...robot.body("torso").subarray(0, 2)],
    judge(robot, action, [xBefore, yBefore]) {
      const { qpos, qvel, contactForces } = robot;
      const [x, y] = robot.body("torso");
      const seconds = TIMESTEP * FRAME_SKIP;
      const xVelocity = (x - xBefore) / seconds;
      const finite = qpos.every(Number.isFinite) && qvel.every(Number.isFinite);
      const healthy = finite && healthyZMin <= qpos[2] && qpos[2] <= healthyZMax;
      const rewardForward = xVelocity * forwardRewardWeight;
      const rewardSurvive = healthy ? healthyReward : 0;
      const control = weightedSquares32(ctrlCostWeight, action);
      const contact = contactCostWeight * squares64(contactForces.map(cut));
      return {
        reward: rewardForward + rewardSurvive - (control + contact),
        terminated: !healthy && terminateWhenUnhealthy,
        info: {
          xPosition: qpos[0],
          yPosition: qpos[1],
          xVelocity,
          yVelocity: (y - yBefore) / seconds,
          rewardForward,
          rewardSurvive,
          rewardCtrl: -control,
          rewardContact: -contact,
        },
      };
    },
  };
}

export const ant = robot({
  id: "Ant-v5",
  summary: "walk forwards on four legs",
  framesPerSecond: 20,
  maxEpisodeSteps: 1000,
  rewardThreshold: 6000,
  options,
  task,
});
