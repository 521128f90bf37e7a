/** The comparisons of the lecture: a few runs on CartPole that differ in one option. */

export interface Comparison {
  readonly title: string;
  /** What is the same in all of its runs. */
  readonly base: string;
  readonly option: string;
  readonly values: readonly string[];
  /** What to look at. */
  readonly look: string;
}

const REINFORCE = "algorithm=reinforce&env=CartPole-v1";
const PPO = "algorithm=ppo&env=CartPole-v1";

export const COMPARISONS: readonly Comparison[] = [
  {
    title: "Returns: to-go or whole episode",
    base: `${REINFORCE}&seed=0`,
    option: "returns",
    values: ["to-go", "whole-episode"],
    look: "Look at the return. Rewards that came before an action say nothing about it; to credit the action with them brings noise alone, and the run gets stuck.",
  },
  {
    title: "Baselines: none, mean, value",
    base: `${REINFORCE}&seed=0`,
    option: "baseline",
    values: ["none", "mean", "value"],
    look: "Look at how many episodes each takes. A baseline makes the gradient less noisy: one number for all states helps, and a value for each state helps more.",
  },
  {
    title: "Entropy bonus: 0, 0.01, 0.1",
    base: `${REINFORCE}&seed=0`,
    option: "entropyBonus",
    values: ["0", "0.01", "0.1"],
    look: "Look at the entropy: the bonus holds it up. CartPole needs little exploration, so the actions that stay random only make the pole fall, and the return stays lower.",
  },
  {
    title: "PPO’s clipping: narrow, usual, none",
    base: `${PPO}&seed=0`,
    option: "clipRange",
    values: ["0.02", "0.2", "1000"],
    look: "Look at the KL to the old policy. A narrow range keeps each update small, and learning takes longer; a range of 1000 is never reached, and the policy moves so far that it collapses.",
  },
  {
    title: "Learning rates: ÷ 10, × 1, × 10",
    base: `${REINFORCE}&seed=1`,
    option: "learningRate",
    values: ["0.0003", "0.003", "0.03"],
    look: "Look at the return and the entropy. The small rate is slow; with the large one the policy soon takes the same action everywhere, and then learns no more.",
  },
];

/** The links of its runs. */
export function linksOf({ base, option, values }: Comparison): string[] {
  return values.map((value) => `${base}&${option}=${value}`);
}
