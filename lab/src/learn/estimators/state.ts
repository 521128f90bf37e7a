/** The measurement of the room, and all that can be done with it. It stays when the room is left, and pauses. */

import { signal } from "@preact/signals";
import type { Measured, Opened, Question } from "../protocol.js";
import { hearMeasurements, tell } from "../teacher.js";
import { type LectureQuestion, QUESTIONS } from "./questions.js";

/** Batches that are drawn unless somebody asks for more. */
const USUAL = 5000;
/** More than this a reader does not wait for. */
export const MOST_BATCHES = 1_000_000;
/** Estimators at once: as many as there are colours. */
export const MOST_ESTIMATORS = 8;

/** The latest question that was chosen. What is measured may have been changed since. */
export const asked = signal(QUESTIONS[0]);
export const question = signal<Question>({ ...settingsOf(QUESTIONS[0]), worldSeed: 0, seed: 0 });
export const opened = signal<Opened | undefined>(undefined);
export const measured = signal<Measured | undefined>(undefined);
export const refusal = signal<string | undefined>(undefined);
export const wanted = signal(USUAL);
export const isGoing = signal(false);

/** Estimates of all batches that are shown: along and across, batch after batch, estimator after estimator. */
export const points: number[] = [];

let id = 0;

function settingsOf({ world, estimators, episodes }: LectureQuestion) {
  return { world, estimators, episodes };
}

hearMeasurements({
  opened(of, found) {
    if (of === id) opened.value = found;
  },
  measured(of, found) {
    if (of !== id) return;
    for (const coordinate of found.points) points.push(coordinate);
    measured.value = found;
    if (found.batches >= wanted.value) isGoing.value = false;
  },
  refused(of, message) {
    if (of !== id) return;
    refusal.value = message;
    isGoing.value = false;
  },
});

/** Begins anew with another question. */
export function measure(changed: Partial<Question> = {}): void {
  question.value = { ...question.peek(), ...changed };
  opened.value = undefined;
  measured.value = undefined;
  refusal.value = undefined;
  points.length = 0;
  wanted.value = USUAL;
  tell({ type: "measure", id: ++id, question: question.peek() });
  goOn();
}

/** Measures what a question of the lecture is about. */
export function askQuestion(chosen: LectureQuestion): void {
  asked.value = chosen;
  measure(settingsOf(chosen));
}

export function goOn(): void {
  isGoing.value = true;
  tell({ type: "until", id, batches: wanted.peek() });
}

export function pause(): void {
  if (!isGoing.peek()) return;
  isGoing.value = false;
  tell({ type: "until", id, batches: 0 });
}

export function drawMore(): void {
  wanted.value = Math.min(MOST_BATCHES, 4 * Math.max(wanted.peek(), measured.peek()?.batches ?? 0));
  goOn();
}
