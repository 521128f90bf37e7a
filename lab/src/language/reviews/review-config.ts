/** The run that the settings of the page stand for, and the command that does the same. */

import type { LanguageConfig } from "ascent/language";
import type { ReviewSettings } from "../protocol.js";

/** Responses of one update: RLOO writes four to each of 16 prompts, PPO one to each of 64. */
const RESPONSES = 64;
const GROUP = 4;
/** Tokens of which a response has at least so many, where there is a guard. */
const SHORTEST = 30;

interface Resolved {
  readonly samplesPerPrompt: number;
  readonly prompts: number;
  readonly responses: number;
  readonly shortest: number;
}

function resolved({ trainer, updates, guard }: ReviewSettings): Resolved {
  const samplesPerPrompt = trainer === "rloo" ? GROUP : 1;
  return {
    samplesPerPrompt,
    prompts: RESPONSES / samplesPerPrompt,
    responses: updates * RESPONSES,
    shortest: guard ? SHORTEST : 0,
  };
}

export function reviewConfig(settings: ReviewSettings, from: Uint8Array): LanguageConfig {
  const { trainer, beta, learningRate, pairs, seed } = settings;
  const { samplesPerPrompt, prompts, responses, shortest } = resolved(settings);
  return {
    task: "sentiment",
    trainer,
    from,
    seed,
    responses,
    options: { beta, learningRate, samplesPerPrompt },
    pipeline: { pairs, prompts, shortest },
  };
}

export function reviewCommand(settings: ReviewSettings): string {
  const { trainer, beta, learningRate, pairs, seed } = settings;
  const { samplesPerPrompt, prompts, responses, shortest } = resolved(settings);
  return [
    `npx ascent rlhf --from shipped --trainer ${trainer} --seed ${seed} --responses ${responses}`,
    `--pairs ${pairs} --prompts ${prompts} --samples-per-prompt ${samplesPerPrompt} --shortest ${shortest}`,
    `--beta ${beta} --learning-rate ${learningRate}`,
  ].join(" ");
}
