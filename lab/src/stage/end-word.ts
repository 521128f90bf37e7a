import { familyOf } from "./action-names.js";

export interface Ending {
  readonly ended: "terminated" | "truncated" | "cut";
  /** The last reward, and the sum of all. */
  readonly reward: number;
  readonly return: number;
}

/** How an episode ended, in a word or two. */
export function endWord(env: string | null | undefined, { ended, reward, return: total }: Ending): string {
  if (ended === "truncated") return "time limit";
  if (ended === "cut") return "goes on, shown no further";
  switch (familyOf(env ?? "")) {
    case "CartPole":
      return "fell, or left the track";
    case "LunarLander":
    case "LunarLanderContinuous":
      return reward >= 100 ? "at rest" : reward <= -100 ? "crashed, or flew away" : "ended";
    case "MountainCar":
    case "MountainCarContinuous":
      return "reached the flag";
    case "Acrobot":
      return "reached the height";
    case "FrozenLake":
    case "FrozenLake8x8":
      return reward > 0 ? "reached the goal" : "fell into a hole";
    case "GridWorld":
      return reward > 0 ? "reached the goal" : "fell into a pit";
    case "CliffWalking":
    case "CliffWalkingSlippery":
      return "reached the goal";
    case "Taxi":
      return "arrived";
    case "Blackjack":
    case "RockPaperScissors":
      return total > 0 ? "won" : total < 0 ? "lost" : "a draw";
    default:
      return "ended";
  }
}
