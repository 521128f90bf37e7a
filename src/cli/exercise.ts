/** `ascent exercise`: algorithms to write oneself, with tests that say what a mistake is. */

import { ConfigError } from "../errors.js";
import { exercises, type GradedExercise } from "../exercise/index.js";
import { loadFault } from "../node/exercise/check-file.js";
import { answersNear, answerTo, startExercise, writeNew } from "../node/exercise/folder.js";
import { keepHints, readGrades } from "../node/exercise/grade.js";
import { isComplete, type Milestone, milestones, nextOn } from "../node/exercise/path.js";
import { codeOf, explanationOf, hintsOf, type Language } from "../node/exercise/texts.js";
import { runsTypeScript } from "../node/modules/import-typescript.js";
import { flag, optional, text, type Values } from "../options.js";
import { shellWord } from "../report/flag-text.js";
import { asFlags, atMost, knownName, readCommandLine } from "./arguments.js";
import { shown } from "./closing.js";
import { checkAndShow } from "./exercise-check.js";
import { DONE, type Subcommand } from "./subcommand.js";
import { table } from "./table.js";
import { UsageError } from "./usage-error.js";

const USAGE = "ascent exercise [list|start|check|hint|solution] …";

const options = {
  javascript: flag(false, { help: "start, solution: JavaScript instead of TypeScript" }),
  out: optional(
    text("", { meaning: "a file to write", help: "solution: write the code there instead of printing it" }),
  ),
  noColor: flag(false, { help: "no colours; NO_COLOR does the same" }),
};

type Given = Values<typeof options>;

interface Action {
  readonly usage: string;
  run(words: readonly string[], given: Given): number | Promise<number>;
}

const actions: Readonly<Record<string, Action>> = {
  list: {
    usage: "ascent exercise list [folder]",
    run([folder = "."]) {
      const path = milestones(folder);
      const rows = path.map(({ exercise: { name, tests, summary }, grade }, i) => [
        `${i + 1} ${name}`,
        `${grade?.passed ?? 0} of ${tests.length}`,
        summary,
      ]);
      const columns = process.stdout.columns ?? Number.POSITIVE_INFINITY;
      return print(`${table(["EXERCISE", "TESTS PASSED", "WHAT IT IS"], rows, columns)}\n\n${proposal(path)}`);
    },
  },
  start: {
    usage: "ascent exercise start <exercise> [folder] [--javascript]",
    run([name, folder = name], given) {
      const exercise = named(name, "start");
      const language = languageOf(given);
      const files = startExercise(exercise, folder, language);
      const place = shellWord(folder);
      return print(
        [
          ...files.map((file) => `${shown(folder)}/${file}`),
          "",
          ...(language === "typescript" && !runsTypeScript(folder) ? [NO_TYPESCRIPT, ""] : []),
          `  read      ${place}/${exercise.name}.md`,
          `  check     npx ascent exercise check ${place}`,
          `  hint      npx ascent exercise hint ${place}`,
          ...before(exercise, folder),
        ].join("\n"),
      );
    },
  },
  check: {
    usage: "ascent exercise check [folder] [exercise]",
    run([folder = ".", name], { noColor }) {
      const { exercise, file } = inFolder(folder, name, "check");
      return checkAndShow(exercise, { folder, file, noColor }, () =>
        proposal(milestones(folder, "."), { folder, done: exercise.name }),
      );
    },
  },
  hint: {
    usage: "ascent exercise hint [folder] [exercise] [number]",
    run([folder = ".", ...rest]) {
      const [name, number] = rest.length === 1 && /^[-+.\d]/.test(rest[0]) ? [undefined, rest[0]] : rest;
      return hint(inFolder(folder, name, "hint"), folder, number);
    },
  },
  solution: {
    usage: "ascent exercise solution <exercise> [--javascript] [--out file]",
    run([name], given) {
      const exercise = named(name, "solution");
      const code = codeOf(exercise.name, "solution", languageOf(given));
      const explanation = explanationOf(exercise.name);
      if (given.out === undefined) return print(`${code}\n${explanation.trimEnd()}`);
      if (!writeNew(given.out, code))
        throw new ConfigError({ field: "--out", given: given.out, allowed: "a file that is not there yet" });
      return print(`${shown(given.out)}\n\n${explanation.trimEnd()}`);
    },
  },
};

const NO_TYPESCRIPT =
  `Node ${process.version} runs TypeScript only with a tool: npm install --save-dev tsx. ` +
  "Or start with --javascript.";

/** Of folders that an error names. */
const MOST_NEAR = 5;
const AS_CHECKED = "What follows is about the file as it was last checked.\n";

export const subcommand: Subcommand = {
  usage: USAGE,
  examples: [
    "ascent exercise list",
    "ascent exercise start reinforce ./mine",
    "ascent exercise check ./mine",
    "ascent exercise hint ./mine",
    "ascent exercise solution reinforce",
  ],
  flags: () => [{ heading: "Options", flags: asFlags(options) }],

  async run({ tokens }) {
    const how = { name: "exercise", usage: USAGE, words: 4 };
    const { words, values } = readCommandLine(tokens, options, how);
    const [verb = "list", ...rest] = words;
    const action = actions[knownName("action of ascent exercise", verb, Object.keys(actions))];
    atMost(rest, wordsIn(action.usage), action.usage);
    return action.run(rest, values);
  },
};

/** How many words an action takes after its name. */
function wordsIn(usage: string): number {
  return usage.match(/ (<\w+>|\[\w+\])/g)?.length ?? 0;
}

function named(name: string | undefined, verb: string): GradedExercise {
  const names = exercises.map((exercise) => exercise.name);
  if (name === undefined)
    throw new UsageError(
      `which one? Usage: ${actions[verb].usage}\nAllowed: ${names.join(", ")}\n${proposal(milestones(".")).trim()}`,
    );
  return exercises[names.indexOf(knownName("exercise", name, names))];
}

/** An exercise and the file with its answer. */
interface Answer {
  readonly exercise: GradedExercise;
  readonly file: string;
}

/**
 * The exercise of this name, or the last one that the folder has an answer to. @throws ConfigError if there is none, with
 * those that are near
 */
function inFolder(folder: string, name: string | undefined, verb: "check" | "hint"): Answer {
  const wanted = name === undefined ? exercises : [named(name, verb)];
  const present = wanted.flatMap((exercise) => {
    const file = answerTo(exercise.name, folder);
    return file === undefined ? [] : [{ exercise, file }];
  });
  const last = present.at(-1);
  if (last !== undefined) return last;
  const what = name === undefined ? "an exercise" : `${name}.ts or ${name}.js`;
  const near = answersNear(folder, wanted)
    .slice(0, MOST_NEAR)
    .map(({ folder: place, names }) => {
      const all = names.join(", ");
      return `near it: npx ascent exercise ${verb} ${shown(place)}${name === undefined ? `   # ${all}` : ` ${name}`}`;
    });
  const start = `to start: npx ascent exercise start ${wanted[0].name} ${folder === "." ? "mine" : shellWord(folder)}`;
  const allowed = [`a folder with ${what}`, ...(near.length > 0 ? near : [start])].join("\n");
  throw new ConfigError({ field: "folder", given: folder, allowed });
}

/** The command that comes next on the path, or next after the exercise named `done`, in `folder` if nothing says otherwise. */
function proposal(
  path: readonly Milestone[],
  { folder = "mine", done }: { readonly folder?: string; readonly done?: string } = {},
): string {
  const next = nextOn(path, folder, done);
  if (next === undefined) return "All exercises are passed.";
  const { name } = next.exercise;
  if (done === path[path.length - 1].exercise.name)
    return `This was the last exercise. Those before it that are not passed here: ${openOn(path)}.`;
  const place = shown(next.folder);
  return `  next      npx ascent exercise ${next.started ? `check ${place} ${name}` : `start ${name} ${place}`}`;
}

/** The names of the exercises that are not complete. */
function openOn(path: readonly Milestone[]): string {
  return path.flatMap((milestone) => (isComplete(milestone) ? [] : [milestone.exercise.name])).join(", ");
}

/** What to know of the exercise before this one, unless it is complete. */
function before({ name }: GradedExercise, folder: string): string[] {
  const path = milestones(folder, ".");
  const previous = path[path.findIndex(({ exercise }) => exercise.name === name) - 1];
  if (previous === undefined || isComplete(previous)) return [];
  const { exercise, grade } = previous;
  return [
    "",
    `The exercise before it is ${exercise.name}, of which ${grade?.passed ?? 0} of ${exercise.tests.length} tests pass here.`,
    "You can begin with this one: its starter has what it needs.",
  ];
}

async function hint({ exercise, file }: Answer, folder: string, number: string | undefined): Promise<number> {
  const grade = readGrades(folder)[exercise.name];
  const failed = exercise.tests.find(({ name }) => grade?.tests[name] !== "passed");
  const subject = failed?.subject ?? "";
  const hints = hintsOf(exercise.name).get(subject) ?? [];
  const read = grade?.hints[subject] ?? 0;
  const wanted = number === undefined ? Math.min(read + 1, hints.length) : Number(number);
  if (failed !== undefined && !(Number.isInteger(wanted) && wanted >= 1 && wanted <= hints.length))
    throw new ConfigError({ field: "number", given: number, allowed: `a whole number from 1 to ${hints.length}` });
  const fault = await loadFault(exercise, file);
  if (fault !== undefined) print(`${fault}\n\n${AS_CHECKED}`);
  if (failed === undefined) return print(`All tests of ${exercise.name} pass: no hint is needed.`);
  keepHints(folder, exercise.name, subject, Math.max(read, wanted));
  return print(
    `${subject}, hint ${wanted} of ${hints.length}\n\n${hints[wanted - 1]}\n\n${more(exercise.name, hints.length - wanted)}`,
  );
}

/** How to see more, of so many further hints. */
function more(name: string, left: number): string {
  if (left === 0) return `This is the last hint. A whole solution: npx ascent exercise solution ${name}`;
  return left === 1 ? "The next call shows the last hint, which is the code." : "The next call shows the next hint.";
}

function languageOf({ javascript }: Given): Language {
  return javascript ? "javascript" : "typescript";
}

function print(output: string): number {
  process.stdout.write(`${output}\n`);
  return DONE;
}
