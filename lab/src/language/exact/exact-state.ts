/** What learns in the small worlds, and all that can be done with it. It stays when the room is left, and pauses. */

import { signal } from "@preact/signals";
import { failures, hear, tell } from "../linguist.js";
import type { ExactBegun, ExactSettings, ExactTold } from "../protocol.js";

/** Policies as probabilities. */
export interface Bars {
  readonly names: readonly string[];
  readonly rewards: Float64Array;
  readonly reference: readonly number[];
  readonly optimum: readonly number[];
}

export const settings = signal<ExactSettings>({
  world: "token",
  learner: "expected",
  beta: 0.5,
  kl: "k1",
  klPlace: "reward",
  seed: 3,
});
export const begun = signal<ExactBegun | undefined>(undefined);
export const bars = signal<Bars | undefined>(undefined);
export const told = signal<ExactTold | undefined>(undefined);
export const isGoing = signal(false);

/** The curve of this learning, and faintly that of the one before it. */
export interface Curve {
  readonly x: number[];
  readonly y: number[];
}
export const curve: Curve = { x: [], y: [] };
export const curveBefore: Curve = { x: [], y: [] };

let id = 0;

const probabilities = (logs: Float64Array): number[] => Array.from(logs, Math.exp);

hear({
  exactBegun(message) {
    if (message.id !== id) return;
    const { names, rewards, reference, optimum } = message.begun;
    begun.value = message.begun;
    bars.value = { names, rewards, reference: probabilities(reference), optimum: probabilities(optimum) };
  },
  exactTold(message) {
    if (message.id !== id) return;
    for (const [update, toOptimum] of message.told.curve) {
      curve.x.push(update);
      curve.y.push(toOptimum);
    }
    told.value = message.told;
    if (message.told.finished) isGoing.value = false;
  },
  failed({ part }) {
    if (part === "exact") isGoing.value = false;
  },
});

/** Begins anew with other settings. */
export function learn(changed: Partial<ExactSettings> = {}): void {
  const before = settings.peek();
  const next = fitting({ ...before, ...changed });
  settings.value = next;
  // Curves of two worlds have nothing to say about each other.
  const isSame = next.world === before.world && curve.x.length > 1;
  for (const axis of ["x", "y"] as const) curveBefore[axis].splice(0, Infinity, ...(isSame ? curve[axis] : []));
  for (const axis of ["x", "y"] as const) curve[axis].length = 0;
  begun.value = undefined;
  told.value = undefined;
  failures.exact.value = undefined;
  isGoing.value = true;
  tell({ type: "exact", id: ++id, settings: next });
}

/** Texts of several tokens are learned from samples: their expected step is that of one token with 64 values. */
function fitting(wanted: ExactSettings): ExactSettings {
  return wanted.world === "tree" && wanted.learner === "expected" ? { ...wanted, learner: "rloo" } : wanted;
}

export function goOn(): void {
  isGoing.value = true;
  tell({ type: "pace", part: "exact", going: true });
}

export function pause(): void {
  isGoing.value = false;
  tell({ type: "pace", part: "exact", going: false });
}

export function step(): void {
  isGoing.value = false;
  tell({ type: "step", part: "exact" });
}
