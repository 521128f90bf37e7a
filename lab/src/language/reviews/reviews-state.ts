/** The run from preferences to a tuned policy, and all that can be done with it. It stays when the room is left, and pauses. */

import { computed, signal } from "@preact/signals";
import type { Steering, TokenTable } from "ascent/language";
import { failures, hear, MODEL, tell } from "../linguist.js";
import type { ReviewSettings, ReviewsBegun, ReviewsEnd, ReviewsTold, TuningPoint } from "../protocol.js";

export const USUAL: ReviewSettings = {
  trainer: "rloo",
  beta: 0.1,
  learningRate: 5e-4,
  guard: true,
  pairs: 1024,
  updates: 60,
  seed: 1,
};

export const settings = signal<ReviewSettings>(USUAL);
/** Of the run at hand. Until one was asked for, nothing is fetched. */
export const ranWith = signal<ReviewSettings | undefined>(undefined);
export const isStarted = computed(() => ranWith.value !== undefined);
export const begun = signal<ReviewsBegun | undefined>(undefined);
export const told = signal<ReviewsTold | undefined>(undefined);
export const end = signal<ReviewsEnd | undefined>(undefined);
export const points = signal<readonly TuningPoint[]>([]);
/** The share of pairs that the reward model ordered rightly, by its gradient steps. */
export const accuracy = signal<readonly number[]>([]);
export const tables = signal<readonly TokenTable[]>([]);
export const beta = signal(USUAL.beta);
export const steered = signal<readonly Steering[]>([]);
export const isGoing = signal(false);

let id = 0;

hear({
  reviewsBegun(message) {
    if (message.id !== id) return;
    begun.value = message.begun;
    // While the model was fetched, the slider may have been moved.
    if (beta.peek() !== ranWith.peek()?.beta) tell({ type: "beta", beta: beta.peek() });
  },
  reviewsTold(message) {
    if (message.id !== id) return;
    const { told: news } = message;
    told.value = news;
    if (news.points.length > 0) points.value = [...points.peek(), ...news.points];
    if (news.accuracy.length > 0) accuracy.value = [...accuracy.peek(), ...news.accuracy];
    if (news.tables !== undefined) tables.value = news.tables;
    if (news.steered.length !== steered.peek().length || news.steered.at(-1)?.beta !== steered.peek().at(-1)?.beta)
      steered.value = news.steered;
  },
  reviewsEnded(message) {
    if (message.id !== id) return;
    end.value = message.end;
    isGoing.value = false;
  },
  failed({ part }) {
    if (part === "reviews") isGoing.value = false;
  },
});

/** Begins a run. The settings stay for the next one. */
export function start(changed: Partial<ReviewSettings> = {}): void {
  settings.value = { ...settings.peek(), ...changed };
  ranWith.value = settings.peek();
  begun.value = undefined;
  told.value = undefined;
  end.value = undefined;
  points.value = [];
  accuracy.value = [];
  tables.value = [];
  steered.value = [];
  beta.value = settings.peek().beta;
  failures.reviews.value = undefined;
  isGoing.value = true;
  tell({ type: "reviews", id: ++id, settings: settings.peek(), model: MODEL });
}

/** Another β, from the next update of the run on. Before a run has begun it is that of the run to begin. */
export function steer(to: number): void {
  beta.value = to;
  if (isStarted.peek() && end.peek() === undefined) tell({ type: "beta", beta: to });
  else settings.value = { ...settings.peek(), beta: to };
}

export function goOn(): void {
  isGoing.value = true;
  tell({ type: "pace", part: "reviews", going: true });
}

export function pause(): void {
  if (!isGoing.peek()) return;
  isGoing.value = false;
  tell({ type: "pace", part: "reviews", going: false });
}

export function step(): void {
  isGoing.value = false;
  tell({ type: "step", part: "reviews" });
}
