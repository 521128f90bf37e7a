import type { LanguageParts } from "./parts.js";
import type { Preference } from "./preferences.js";

type Parts = Pick<LanguageParts, "pipeline" | "rngs" | "partsOfPairs">;

/** Preferences for one gradient step after another: each epoch goes through all of them in an order of its own. */
export class PairEpochs {
  /** The order of the epoch at hand, which a checkpoint keeps. */
  order: readonly number[] = [];
  private readonly parts: Parts;

  constructor(parts: Parts) {
    this.parts = parts;
  }

  /** Those of the step after so many steps of the stage. */
  next(preferences: readonly Preference[], done: number): Preference[] {
    const { pipeline, rngs, partsOfPairs } = this.parts;
    const place = done % partsOfPairs;
    if (place === 0) this.order = [...rngs.judging.permutation(preferences.length)];
    const chosen = this.order.slice(place * pipeline.pairBatch, (place + 1) * pipeline.pairBatch);
    return chosen.map((i) => preferences[i]);
  }
}
