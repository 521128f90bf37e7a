import type { Sample } from "../tasks/task.js";

/** A reward function that failed. */
export class RewardError extends Error {
  override readonly name = "RewardError";

  constructor(response: number, { prompt, response: text }: Sample, what: string, options?: ErrorOptions) {
    super(`the reward of response ${response}, ${JSON.stringify(text)} to ${JSON.stringify(prompt)}, ${what}`, options);
  }
}
