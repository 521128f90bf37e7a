/** The run that is made of a person's answers, and the command that does the same with the file of them. */

import type { LanguageConfig } from "ascent/language";
import type { CardSettings } from "../protocol.js";

/** Responses of one update. */
const RESPONSES = 64;
/** With few answers, each is gone through more often, as `ascent rlhf --ask` does. */
const EPOCHS = 12;
const BATCH = 10;

export function cardConfig({ answers, updates }: CardSettings, from: Uint8Array): LanguageConfig {
  return {
    task: "sentiment",
    from,
    preferences: answers,
    pipeline: { pairEpochs: EPOCHS, pairBatch: BATCH },
    responses: updates * RESPONSES,
  };
}

export function cardCommand(updates: number): string {
  return `npx ascent rlhf --from shipped --preferences preferences.jsonl --pair-epochs ${EPOCHS} --pair-batch ${BATCH} --responses ${updates * RESPONSES}`;
}
