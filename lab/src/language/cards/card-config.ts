/** The run that is made of a person's answers, and the command that does the same with the file of them. */

import type { LanguageConfig } from "ascent/language";
import type { CardSettings } from "../protocol.js";

/** Responses of one update: four to each of 16 prompts. RLOO needs a quarter of PPO's time for it, and somebody waits. */
const PROMPTS = 16;
const GROUP = 4;
const LEARNING_RATE = 5e-4;
/** With few answers, each is gone through more often, as `ascent rlhf --ask` does. */
const EPOCHS = 12;
const BATCH = 10;

export function cardConfig({ answers, updates }: CardSettings, from: Uint8Array): LanguageConfig {
  return {
    task: "sentiment",
    trainer: "rloo",
    from,
    preferences: answers,
    options: { learningRate: LEARNING_RATE, samplesPerPrompt: GROUP },
    pipeline: { pairEpochs: EPOCHS, pairBatch: BATCH, prompts: PROMPTS },
    responses: updates * PROMPTS * GROUP,
  };
}

export function cardCommand(updates: number): string {
  return [
    "npx ascent rlhf --from shipped --preferences preferences.jsonl --trainer rloo",
    `--responses ${updates * PROMPTS * GROUP} --prompts ${PROMPTS} --samples-per-prompt ${GROUP}`,
    `--learning-rate ${LEARNING_RATE} --pair-epochs ${EPOCHS} --pair-batch ${BATCH}`,
  ].join(" ");
}
