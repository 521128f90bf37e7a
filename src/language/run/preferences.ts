/** Preferences as text, in the usual format of JSON lines: prompt, chosen, rejected. */

import { ConfigError } from "../../errors.js";
import { exp } from "../../kernels/maths.js";
import type { Generator } from "../../random/index.js";
import type { Sample } from "../tasks/task.js";
import type { Tokenizer } from "../tokenizers/tokenizer.js";
import type { Pair } from "../trainers/pairs.js";

/** Two responses to one prompt, of which the first was liked better. */
export interface Preference {
  readonly prompt: string;
  readonly chosen: string;
  readonly rejected: string;
}

/**
 * Says which of two responses to a prompt is better: 0 for the first, 1 for the second, at once or later. Undefined: not now; that
 * call of `advanceAsync` makes no update, and the next one asks about the same two.
 */
export type Judge = (a: Sample, b: Sample) => 0 | 1 | undefined | Promise<0 | 1 | undefined>;

/** How sure the simulated judge is: it takes a with probability σ(2 (g(a) − g(b))). */
const SHARPNESS = 2;

/**
 * What a simulated judge says who knows the gold score but is not always sure: P(a over b) = σ(2 (g(a) − g(b))). A share `noise` of
 * its answers is turned round.
 */
export function judged(
  [a, b]: readonly [Sample, Sample],
  { gold, noise }: { readonly gold: (sample: Sample) => number; readonly noise: number },
  rng: Generator,
): Preference {
  const first = rng.random() < 1 / (1 + exp(-SHARPNESS * (gold(a) - gold(b))));
  const turned = rng.random() < noise;
  return preferring(first === turned ? 1 : 0, a, b);
}

/** The preference for the first (0) or the second (1) of two responses. */
export function preferring(better: 0 | 1, a: Sample, b: Sample): Preference {
  const [chosen, rejected] = better === 0 ? [a, b] : [b, a];
  return { prompt: a.prompt, chosen: chosen.response, rejected: rejected.response };
}

/**
 * A preference as tokens: each response with its end, unless it fills the context, as one that was cut does. Special tokens that
 * were drawn are written out in the text.
 */
export function pairOf({ prompt, chosen, rejected }: Preference, tokenizer: Tokenizer, context: number): Pair {
  const given = tokenizer.encode(prompt);
  const response = (text: string): number[] =>
    [...tokenizer.encode(text, { special: true }), tokenizer.end].slice(0, context - given.length);
  return { prompt: given, chosen: response(chosen), rejected: response(rejected) };
}

/** Preferences as lines of JSON. */
export function writePreferences(preferences: readonly Preference[]): string {
  return preferences
    .map(({ prompt, chosen, rejected }) => `${JSON.stringify({ prompt, chosen, rejected })}\n`)
    .join("");
}

/** Preferences from lines of JSON; other fields are left out. @throws ConfigError naming the line */
export function readPreferences(text: string): Preference[] {
  return text
    .replace(/^\uFEFF/, "")
    .split("\n")
    .flatMap((line, i) => (line.trim() === "" ? [] : [preferenceIn(line, i + 1)]));
}

function preferenceIn(line: string, number: number): Preference {
  let given: unknown;
  try {
    given = JSON.parse(line);
  } catch {
    given = undefined;
  }
  const { prompt, chosen, rejected } = (given ?? {}) as Partial<Preference>;
  if ([prompt, chosen, rejected].every((text) => typeof text === "string"))
    return { prompt, chosen, rejected } as Preference;
  const allowed = 'JSON with three texts: {"prompt": …, "chosen": …, "rejected": …}';
  throw new ConfigError({ field: `preferences, line ${number}`, given: line.slice(0, 80), allowed });
}
