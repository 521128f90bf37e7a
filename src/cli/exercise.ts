/** `ascent exercise`: algorithms to write oneself, with tests that say what a mistake is. */

import { ConfigError } from "../errors.js";
import { exercises, type GradedExercise } from "../exercise/index.js";
import { answerTo, hasAnswer, startExercise, writeNew } from "../node/exercise/folder.js";
import { keepHints, readGrades } from "../node/exercise/grade.js";
import { isComplete, type Milestone, milestones, nextOn } from "../node/exercise/path.js";
import { codeOf, hintsOf, type Language, pageOf } from "../node/exercise/texts.js";
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
          `  read      ${place}/${exercise.name}.md`,
          `  check     npx ascent exercise check ${place}`,
          `  hint      npx ascent exercise hint ${place}`,
          ...before(exercise, folder),
          ...(language === "typescript" && !runsTypeScript(folder) ? ["", NO_TYPESCRIPT] : []),
        ].join("\n"),
      );
    },
  },
  check: {
    usage: "ascent exercise check [folder] [exercise]",
    run([folder = ".", name], { noColor }) {
      const exercise = inFolder(folder, name, "check");
      return checkAndShow(exercise, { folder, file: answerTo(exercise.name, folder), noColor }, () =>
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
      const explanation = pageOf(exercise.name, "explanation");
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

/** The exercise of this name, or the last one that the folder has an answer to. */
function inFolder(folder: string, name: string | undefined, verb: string): GradedExercise {
  if (name !== undefined) return named(name, verb);
  const present = exercises.filter((exercise) => hasAnswer(exercise.name, folder));
  // Where there is none, the first exercise leads to an error that says how to start it.
  return present.at(-1) ?? exercises[0];
}

/** The command that comes next on the path, or next after the exercise named `done`, in `folder` if nothing says otherwise. */
function proposal(
  path: readonly Milestone[],
  { folder = "mine", done }: { readonly folder?: string; readonly done?: string } = {},
): string {
  const next = nextOn(path, folder, done);
  if (next === undefined) return "All exercises are passed.";
  const place = shown(next.folder);
  const { name } = next.exercise;
  return `  next      npx ascent exercise ${next.started ? `check ${place} ${name}` : `start ${name} ${place}`}`;
}

/** What to know of the exercise before this one, unless it is complete. */
function before({ name }: GradedExercise, folder: string): string[] {
  const path = milestones(folder, ".");
  const previous = path[path.findIndex(({ exercise }) => exercise.name === name) - 1];
  if (previous === undefined || isComplete(previous)) return [];
  const { exercise, grade } = previous;
  return [
    "",
    `It builds on ${exercise.name}, of which ${grade?.passed ?? 0} of ${exercise.tests.length} tests pass here.`,
  ];
}

function hint(exercise: GradedExercise, folder: string, number: string | undefined): number {
  answerTo(exercise.name, folder);
  const grade = readGrades(folder)[exercise.name];
  const failed = exercise.tests.find(({ name }) => grade?.tests[name] !== "passed");
  if (failed === undefined) return print(`All tests of ${exercise.name} pass: no hint is needed.`);
  const { subject } = failed;
  const hints = hintsOf(exercise.name).get(subject) ?? [];
  const read = grade?.hints[subject] ?? 0;
  const wanted = number === undefined ? Math.min(read + 1, hints.length) : Number(number);
  if (!Number.isInteger(wanted) || wanted < 1 || wanted > hints.length)
    throw new ConfigError({ field: "number", given: number, allowed: `a whole number from 1 to ${hints.length}` });
  keepHints(folder, exercise.name, subject, Math.max(read, wanted));
  const more = wanted < hints.length ? "\n\nThe next call shows the next hint." : "";
  return print(`${subject}, hint ${wanted} of ${hints.length}\n\n${hints[wanted - 1]}${more}`);
}

function languageOf({ javascript }: Given): Language {
  return javascript ? "javascript" : "typescript";
}

function print(output: string): number {
  process.stdout.write(`${output}\n`);
  return DONE;
}
