import type { Exercise, Fault } from "./exercise.js";
import { mistakes } from "./mistakes.js";

const sentences: Readonly<Record<string, string>> = mistakes;

/** The sentence that says what a mistake is: the exercise's own, or that of `mistakes`. Without one, its name. */
export function explain(exercise: Pick<Exercise<never>, "mistakes">, { mistake }: Pick<Fault, "mistake">): string {
  const own: Readonly<Record<string, string>> = exercise.mistakes ?? {};
  return own[mistake] ?? sentences[mistake] ?? mistake;
}
