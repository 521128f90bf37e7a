/** A person's answers, the cards that are still to come, and what was made of the answers. */

import { computed, effect, signal } from "@preact/signals";
import type { Preference, Stage } from "ascent/language";
import { download } from "../../share/download.js";
import { failures, hear, MODEL, tell } from "../linguist.js";
import type { Card, Learned } from "../protocol.js";
import { keepAnswers, keptAnswers } from "./kept-answers.js";

/** With fewer answers there is nothing to learn. */
export const FEWEST = 10;
/** So many are enough for a policy that goes where they point. */
export const USUAL = 60;
/** Cards left at which more are drawn. */
const LOW = 6;

export const answers = signal<readonly Preference[]>(keptAnswers());
const cards = signal<readonly Card[]>([]);
/** What is asked now. */
export const card = computed(() => cards.value[0]);
export const isOpen = signal(false);
export const learning = signal<{ readonly stage: Stage; readonly share: number } | undefined>(undefined);
export const learned = signal<Learned | undefined>(undefined);
/** Answers since the last learning, and how many of them the reward model would have given. */
export const foreseen = signal({ right: 0, of: 0 });
export const updates = signal(45);
/** What came of reading or writing a file. */
export const said = signal("");
export const isGoing = signal(false);

/** Answers that were thrown away, as long as the page is open. */
export const thrown = signal<readonly Preference[]>([]);

/** Answers given here, newest last, so that the latest can be taken back with its card. */
let given: Card[] = [];
let id = 0;
let seed = 0;

effect(() => keepAnswers(answers.value));

hear({
  dealt(message) {
    if (message.seed === seed) cards.value = [...cards.peek(), ...message.cards];
    isDealing = false;
  },
  learning(message) {
    if (message.id === id) learning.value = { stage: message.stage, share: message.share };
  },
  learned(message) {
    if (message.id !== id) return;
    learned.value = message.learned;
    learning.value = undefined;
    isGoing.value = false;
    foreseen.value = { right: 0, of: 0 };
  },
  foreseen({ right }) {
    const before = foreseen.peek();
    foreseen.value = { right: before.right + right.filter((one) => one).length, of: before.of + right.length };
  },
  answersRead(message) {
    answers.value = [...answers.peek(), ...message.answers];
    said.value = `${message.answers.length} answers were added.`;
  },
  answersWritten({ text }) {
    download("preferences.jsonl", new Blob([text], { type: "application/jsonl" }));
    said.value = `${answers.peek().length} answers were saved.`;
  },
  failed({ part }) {
    if (part !== "cards") return;
    isDealing = false;
    // Whoever has no card may ask again.
    if (card.peek() === undefined) isOpen.value = false;
    learning.value = undefined;
    isGoing.value = false;
  },
});

let isDealing = false;

function dealIfLow(): void {
  if (isDealing || cards.peek().length > LOW) return;
  isDealing = true;
  tell({ type: "deal", seed, model: MODEL });
}

/** Asks for cards. The model is fetched now, if it isn't there yet. */
export function openCards(): void {
  isOpen.value = true;
  failures.cards.value = undefined;
  // Whoever answers on another day gets other cards: the number of answers so far is the seed.
  if (cards.peek().length === 0) seed = answers.peek().length;
  dealIfLow();
}

/** The first or the second is better; undefined leaves the question out. */
export function choose(better: 0 | 1 | undefined): void {
  const now = card.peek();
  if (now === undefined) return;
  cards.value = cards.peek().slice(1);
  dealIfLow();
  if (better === undefined) return;
  const { prompt, a, b } = now;
  const [chosen, rejected] = better === 0 ? [a, b] : [b, a];
  const answer = { prompt, chosen, rejected };
  given = [...given, now];
  answers.value = [...answers.peek(), answer];
  if (learned.peek() !== undefined && learning.peek() === undefined) tell({ type: "foresee", answers: [answer] });
}

export const canTakeBack = computed(() => answers.value.length > 0 && given.length > 0);

export function takeBack(): void {
  const last = given.at(-1);
  if (last === undefined) return;
  given = given.slice(0, -1);
  answers.value = answers.peek().slice(0, -1);
  cards.value = [last, ...cards.peek()];
}

export function throwAway(): void {
  given = [];
  thrown.value = answers.peek();
  answers.value = [];
  learned.value = undefined;
  foreseen.value = { right: 0, of: 0 };
  said.value = "";
}

export function bringBack(): void {
  answers.value = [...thrown.peek(), ...answers.peek()];
  thrown.value = [];
}

export function learn(): void {
  failures.cards.value = undefined;
  isGoing.value = true;
  learning.value = { stage: { name: "judging", done: 0, of: 1 }, share: 0 };
  const settings = { answers: answers.peek(), updates: updates.peek() };
  tell({ type: "learn", id: ++id, settings, model: MODEL });
}

export function setGoing(going: boolean): void {
  if (learning.peek() === undefined) return;
  isGoing.value = going;
  tell({ type: "pace", part: "cards", going });
}

export async function readFile(file: File): Promise<void> {
  failures.cards.value = undefined;
  tell({ type: "read", text: await file.text() });
}

export function writeFile(): void {
  tell({ type: "write", answers: answers.peek() });
}
