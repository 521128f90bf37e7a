/**
 * Reviews of films from a small grammar: two clauses, each with a subject and a judgement.
 *
 *   review = clause, " and " | " but ", clause, "."        clause = "the ", subject, " was ", adjective
 *
 * "and" joins judgements that agree, "but" those that don't, and the two subjects differ. The prompt is the beginning up to the
 * first "was". The gold score is the number of good adjectives minus that of bad ones, from −2 to 2. Everything about a text can
 * be computed, so one sees whether a reward model, and a policy that was trained on it, get at what was meant.
 */

import type { Generator } from "../../random/index.js";
import type { LanguageTask, Sample } from "./task.js";

const SUBJECTS = ["film", "plot", "score", "cast", "end", "sound", "light", "pace"] as const;
const GOOD = ["warm", "lovely", "bright", "clever", "fresh", "gentle"] as const;
const BAD = ["dull", "cold", "bland", "weak", "noisy", "stale"] as const;
const JUDGEMENTS: ReadonlyMap<string, number> = new Map([
  ...GOOD.map((word) => [word, 1] as const),
  ...BAD.map((word) => [word, -1] as const),
]);

/** The share of good adjectives in the texts: a little below a half, so that there is something to learn. */
const GOOD_SHARE = 0.45;
const MOST = 2;

const clause = (subject: string, adjective: string): string => `the ${subject} was ${adjective}`;
const opening = (subject: string): string => `the ${subject} was`;

function adjective(rng: Generator): string {
  return rng.choice<string>(rng.random() < GOOD_SHARE ? GOOD : BAD);
}

function example(rng: Generator): Sample {
  const [first, second] = rng.choice<string>(SUBJECTS, { size: 2, replace: false });
  const adjectives = [adjective(rng), adjective(rng)];
  const text = `${clause(first, adjectives[0])} ${joint(adjectives)} ${clause(second, adjectives[1])}.`;
  const prompt = opening(first);
  return { prompt, response: text.slice(prompt.length) };
}

/** The word that joins two judgements. */
function joint(adjectives: readonly string[]): string {
  return JUDGEMENTS.get(adjectives[0]) === JUDGEMENTS.get(adjectives[1]) ? "and" : "but";
}

const CLAUSE = `the (${SUBJECTS.join("|")}) was (${[...JUDGEMENTS.keys()].join("|")})`;
const REVIEW = new RegExp(`^${CLAUSE} (and|but) ${CLAUSE}\\.$`);

function isValid({ prompt, response }: Sample): boolean {
  const found = REVIEW.exec(prompt + response);
  if (found === null) return false;
  const [, first, one, word, second, other] = found;
  return first !== second && word === joint([one, other]);
}

/** Good words minus bad ones, in any text. */
function gold({ prompt, response }: Sample): number {
  const words = (prompt + response).split(/[^a-z]+/);
  const sum = words.reduce((total, word) => total + (JUDGEMENTS.get(word) ?? 0), 0);
  return Math.max(-MOST, Math.min(MOST, sum));
}

/** Write a review that people like, from preferences between pairs. */
export const sentiment: LanguageTask = {
  name: "sentiment",
  summary: "reviews from a small grammar; preferences for friendly ones",
  alphabet: " .abcdefghijklmnopqrstuvwxyz",
  longest: longestReview(),
  prompt: (rng) => opening(rng.choice<string>(SUBJECTS)),
  example,
  gold,
  isValid,
};

function longestReview(): number {
  const longest = (words: readonly string[]): number => words.reduce((most, word) => Math.max(most, word.length), 0);
  const one = clause("", "").length + longest(SUBJECTS) + longest([...GOOD, ...BAD]);
  return 2 * one + " and .".length;
}
