/** `ascent exercise check`: one line a test, a sentence for each mistake, the learning curve, and the grade. */

import { explain, type Fault, type GradedExercise, passed, type Result } from "../exercise/index.js";
import { checkFile } from "../node/exercise/check-file.js";
import { keepResults } from "../node/exercise/grade.js";
import { chart } from "../plot/index.js";
import type { ColourDepth } from "../scene/index.js";
import { shown } from "./closing.js";
import { type Colours, colourDepth, colours, wantsColour } from "./colour.js";
import { TrainingView } from "./exercise-training.js";
import { oneLine } from "./printable.js";
import { DONE, FAILED } from "./subcommand.js";
import { wrap } from "./wrap.js";

const CHART_ROWS = 12;
const WIDEST = 100;
const INDENT = "      ";

/**
 * Checks the file, shows what was found, and keeps the grade. Where all tests pass, `whatNext` says what comes next. Returns
 * the exit code. @throws FileError
 */
export async function checkAndShow(
  exercise: GradedExercise,
  { folder, file, noColor }: { readonly folder: string; readonly file: string; readonly noColor: boolean },
  whatNext: () => string,
): Promise<number> {
  const tones = colours(wantsColour(process.stdout, noColor));
  const columns = Math.min(process.stdout.columns ?? WIDEST, WIDEST);
  const say = (line: string): boolean => process.stdout.write(`${line}\n`);
  say(`${tones.strong(exercise.name)} ${tones.faint(`in ${shown(file)}`)}`);
  say("");
  const results: Result[] = [];
  const view = new TrainingView(process.stdout, tones);
  const episodes = exercise.tests.reduce((most, test) => Math.max(most, test.episodes ?? 0), 0);
  for await (const result of checkFile(exercise, file, (training) => view.show(training, episodes))) {
    view.end();
    results.push(result);
    for (const line of linesOf(exercise, result, columns, tones)) say(line);
    const { returns } = result.evidence;
    if (returns !== undefined) say(`\n${curve(returns, columns, colourDepth(process.stdout, noColor))}\n`);
  }
  const grade = keepResults(folder, exercise.name, results);
  const complete = grade.passed === grade.of;
  const note = complete ? "" : tones.faint(` · a hint: npx ascent exercise hint ${shown(folder)} ${exercise.name}`);
  say("");
  say(`${(complete ? tones.good : tones.strong)(`${grade.passed} of ${grade.of} tests pass`)}${note}`);
  if (complete) say(`\n${whatNext()}`);
  return complete ? DONE : FAILED;
}

/** A test's line, and below it what a mistake is and what was seen. */
function linesOf(exercise: GradedExercise, result: Result, columns: number, { good, bad, faint }: Colours): string[] {
  const { test, evidence, waitsFor } = result;
  const below = (text: string): string[] => wrap(text, columns - INDENT.length).map((line) => INDENT + line);
  const [first, ...more] = wrap(test.wants, columns - 4);
  const headed = (sign: string): string[] => [`  ${sign} ${first}`, ...more.map((line) => `    ${line}`)];
  if (waitsFor.length > 0) return [...headed("·"), ...below(`waits until ${testsOf(waitsFor)} pass`)].map(faint);
  if (passed(result)) return headed(good("✓"));
  const fault: Fault = evidence.fault ?? { mistake: "wrong-value", detail: "" };
  return [
    ...headed(bad("✗")),
    ...below(`${test.subject}: ${explain(exercise, fault)}`),
    ...(fault.mistake === "not-written" ? [] : below(oneLine(fault.detail)).map(faint)),
  ];
}

/** `the tests of policyLoss and update above` */
function testsOf(functions: readonly string[]): string {
  return `the tests of ${new Intl.ListFormat("en-GB").format(functions)} above`;
}

/** The returns of the episodes, and their mean over the last 100. */
function curve(returns: readonly number[], columns: number, colour: ColourDepth): string {
  let sum = 0;
  const averages = returns.map((value, i) => {
    sum += value - (returns[i - 100] ?? 0);
    return sum / Math.min(i + 1, 100);
  });
  const x = returns.map((_, i) => i + 1);
  const series = [
    { label: "episode", x, y: returns, faint: true, colour: "#7f8c9b" },
    { label: "mean of the last 100", x, y: averages, colour: "#3b82c4" },
  ] as const;
  return chart(series, { columns, rows: CHART_ROWS, colour, xLabel: "episode" });
}
