/** Cards: two answers of the shipped model to the same prompt, drawn from a seed. */

import { type LanguageModel, readLanguageModel, sentiment } from "ascent/language";
import { defaultRng, type Generator } from "ascent/random";
import type { Card } from "../protocol.js";

export class CardBox {
  readonly seed: number;
  private readonly model: LanguageModel;
  private readonly rng: Generator;

  constructor(model: Uint8Array, seed: number) {
    this.seed = seed;
    this.model = readLanguageModel(model);
    this.rng = defaultRng(seed);
  }

  /** So many pairs, less those whose answers are the same: there is nothing to choose. */
  draw(count: number): Card[] {
    const { model, rng } = this;
    const prompts = Array.from({ length: count }, () => sentiment.prompt(rng)).flatMap((prompt) => [prompt, prompt]);
    const written = model.write(prompts, {}, rng);
    return Array.from({ length: count }, (_, i) => {
      const [a, b] = [written[2 * i], written[2 * i + 1]];
      return { prompt: a.prompt, a: a.response, b: b.response };
    }).filter(({ a, b }) => a !== b);
  }
}
