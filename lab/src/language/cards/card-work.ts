/** A reward model and a policy from a person's answers, in the worker. */

import {
  assess,
  type LanguageTraining,
  type Preference,
  sentiment,
  trainLanguage,
  type Written,
} from "ascent/language";
import { messageOf } from "../message-of.js";
import type { CardSettings, FromLinguist } from "../protocol.js";
import type { Work } from "../turns.js";
import { cardConfig } from "./card-config.js";

/** Prompts that model and reference answer at the end. */
const ASSESSED = 128;
/** Responses that are shown. */
const SHOWN = 6;

export class CardWork implements Work {
  going = true;
  private readonly id: number;
  private readonly post: (message: FromLinguist) => void;
  private readonly run: LanguageTraining;

  /** @throws ConfigError for answers that a run can't learn from */
  constructor(id: number, settings: CardSettings, model: Uint8Array, post: (message: FromLinguist) => void) {
    this.id = id;
    this.post = post;
    this.run = trainLanguage(cardConfig(settings, model));
  }

  get busy(): boolean {
    return this.going && !this.run.finished;
  }

  async advance(): Promise<void> {
    // Between writing and learning it lets messages in.
    await this.run.advanceAsync();
  }

  report(): void {
    const { stage, counts, updates, finished } = this.run;
    const all = Object.values(counts).reduce((a, b) => a + b, 0);
    this.post({ type: "learning", id: this.id, stage, share: updates / all });
    if (finished) this.end();
  }

  private end(): void {
    const { model, reference, preferences, responses } = this.run;
    const assessment = assess({ task: sentiment, model, reference }, { prompts: ASSESSED });
    this.post({
      type: "learned",
      id: this.id,
      learned: {
        answers: preferences.length,
        agreed: this.foresee(preferences).filter((right) => right).length,
        assessment,
        responses: responses.slice(0, SHOWN),
        weightsSha256: this.run.result().weightsSha256,
      },
    });
  }

  get finished(): boolean {
    return this.run.finished;
  }

  /** For each answer, whether the reward is higher for what was chosen. */
  foresee(answers: readonly Preference[]): boolean[] {
    if (answers.length === 0) return [];
    const { tokenizer } = this.run.reference;
    const written = answers.flatMap(({ prompt, chosen, rejected }) =>
      [chosen, rejected].map((response): Written => {
        const ids = [...tokenizer.encode(response, { special: true }), tokenizer.end];
        return { prompt, response, ids, logProbs: [], ended: true };
      }),
    );
    const rewards = this.run.score(written);
    return answers.map((_, i) => rewards[2 * i] > rewards[2 * i + 1]);
  }

  fail(error: unknown): void {
    this.going = false;
    this.post({ type: "failed", part: "cards", message: messageOf(error) });
  }
}
