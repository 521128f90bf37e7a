/** Checks what a caller gives: a task of one's own, and preferences. */

import { ConfigError } from "../../errors.js";
import { defaultRng } from "../../random/index.js";
import type { LanguageTask } from "../tasks/task.js";
import { characterTokenizer } from "../tokenizers/characters.js";
import type { RewardName } from "./pipeline-options.js";
import type { Preference } from "./preferences.js";
import { RECIPES } from "./recipes.js";

/** @throws ConfigError naming the field of the task that is missing, or does not give what it has to */
export function checkedTask(task: LanguageTask): LanguageTask {
  const { name, alphabet, longest } = task;
  if (typeof name !== "string" || !/^[\w-]{1,64}$/.test(name) || RECIPES.has(name))
    throw new ConfigError({
      field: "task.name",
      given: name,
      allowed: "letters, digits, - and _, and no name of a built-in task",
    });
  if (typeof alphabet !== "string" || alphabet === "")
    throw new ConfigError({ field: "task.alphabet", given: alphabet, allowed: "the characters of its texts" });
  if (!(Number.isSafeInteger(longest) && longest >= 2 && longest <= 65_535))
    throw new ConfigError({
      field: "task.longest",
      given: longest,
      allowed: "a whole number of characters, 2 to 65,535",
    });
  for (const field of ["prompt", "example", "gold", "isValid"] as const)
    if (typeof task[field] !== "function")
      throw new ConfigError({ field: `task.${field}`, given: task[field], allowed: "a function" });
  probe(task);
  return task;
}

/** Draws a prompt and an example, which change no run. */
function probe(task: LanguageTask): void {
  const refuse = (field: string, given: unknown, allowed: string): void => {
    throw new ConfigError({ field: `task.${field}`, given, allowed });
  };
  const written = (text: unknown): text is string =>
    typeof text === "string" && text !== "" && [...text].every((character) => task.alphabet.includes(character));
  const texts = `a text of characters of task.alphabet, at most ${task.longest} of them with its response`;
  const prompt = task.prompt(defaultRng(0));
  if (!written(prompt) || [...prompt].length >= task.longest) refuse("prompt", prompt, texts);
  const example = task.example(defaultRng(0));
  const whole = `${example?.prompt}${example?.response}`;
  if (!written(example?.prompt) || !written(example?.response) || [...whole].length > task.longest)
    refuse("example", example, `{ prompt, response }: ${texts}`);
  const gold = task.gold(example);
  if (!Number.isFinite(gold)) refuse("gold", gold, "a function that gives a finite number");
  const valid: unknown = task.isValid(example);
  if (typeof valid !== "boolean") refuse("isValid", valid, "a function that gives true or false");
}

/** @throws ConfigError naming the preference that a run on this task can't learn from */
export function requirePreferences(given: readonly Preference[], task: LanguageTask, reward: RewardName): void {
  if (!Array.isArray(given) || given.length === 0)
    throw new ConfigError({
      field: "preferences",
      given,
      allowed: "a list of { prompt, chosen, rejected }, at least one",
    });
  if (reward !== "learned") {
    const allowed = "none, unless pipeline.reward is learned";
    throw new ConfigError({ field: "preferences", given: `${given.length} of them`, allowed });
  }
  const tokenizer = characterTokenizer(task.alphabet);
  given.forEach((one: Partial<Preference> | undefined, i) => {
    const refuse = (field: string, value: unknown, allowed: string): void => {
      throw new ConfigError({ field: `preferences[${i}]${field}`, given: value, allowed });
    };
    const prompt = one?.prompt;
    if (typeof prompt !== "string" || prompt === "") refuse(".prompt", prompt, "a text that is not empty");
    for (const name of ["chosen", "rejected"] as const) {
      const response = one?.[name];
      if (typeof response !== "string") refuse(`.${name}`, response, "a text");
      let length = 0;
      try {
        length = tokenizer.encode(`${prompt}${response}`, { special: true }).length;
      } catch {
        refuse("", `${prompt}${response}`, `texts of the characters ${JSON.stringify(task.alphabet)}`);
      }
      // One that was cut fills the context, which has room for an end.
      if (length > task.longest + 1)
        refuse(`.${name}`, response, `at most ${task.longest} characters with its prompt, which the model can read`);
    }
  });
  if (given.every(({ chosen, rejected }) => chosen === rejected))
    throw new ConfigError({ field: "preferences", given, allowed: "at least one pair of responses that differ" });
}
