/** What the actions of Ascent's own environments mean. Others have numbers. */

import type { SpaceDescription } from "ascent/spaces";

const COMPASS = ["up", "right", "down", "left"];
const NAMES: Readonly<Record<string, readonly string[]>> = {
  CartPole: ["push left", "push right"],
  Acrobot: ["torque −1", "no torque", "torque +1"],
  MountainCar: ["push left", "no push", "push right"],
  MountainCarContinuous: ["thrust"],
  Pendulum: ["torque"],
  LunarLander: ["nothing", "push left", "main engine", "push right"],
  LunarLanderContinuous: ["main engine", "side engines"],
  FrozenLake: ["left", "down", "right", "up"],
  FrozenLake8x8: ["left", "down", "right", "up"],
  CliffWalking: COMPASS,
  CliffWalkingSlippery: COMPASS,
  GridWorld: COMPASS,
  Taxi: ["south", "north", "east", "west", "pick up", "set down"],
  Blackjack: ["stick", "hit"],
  RockPaperScissors: ["rock", "paper", "scissors"],
};

/** `CartPole-v1` → `CartPole` */
export function familyOf(env: string): string {
  return env.replace(/-v\d+$/, "");
}

/** The names of the actions of an environment, or of the numbers in one. Undefined where only numbers are known. */
export function namesOf(
  env: string | null | undefined,
  space: SpaceDescription | undefined,
): readonly string[] | undefined {
  const names = Object.hasOwn(NAMES, familyOf(env ?? "")) ? NAMES[familyOf(env ?? "")] : undefined;
  const count = space?.kind === "discrete" ? space.n : space?.kind === "box" ? space.low.length : undefined;
  return names?.length === count ? names : undefined;
}
