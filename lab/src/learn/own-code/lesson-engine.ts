/**
 * The engine for programs of chapters that a reader has changed, and for answers to exercises. It runs in a worker below a
 * page that may load nothing and keep nothing, and is started anew for each run.
 */

import { type Evidence, exercises, explain, type GradedExercise } from "ascent/exercise";
import { lineOf, NAME } from "../../own-env/place-of-error.js";
import { shown } from "../shown.js";
import { type Hearer, modulesFor } from "./lesson-modules.js";
import type { FromLesson, LessonStart, Seen, ToLesson } from "./lesson-protocol.js";

type Run = (
  require: (name: string) => unknown,
  exports: object,
  module: { exports: object },
  console: object,
) => Promise<void>;

self.addEventListener(
  "message",
  ({ data, ports: [port] }: MessageEvent<LessonStart>) => {
    const tell = (message: FromLesson): void => port.postMessage(message);
    const threw = (error: unknown): void =>
      tell({ type: "threw", message: messageOf(error), line: lineOf(error, data.lines) });
    self.addEventListener("unhandledrejection", ({ reason }) => threw(reason));
    begin(data, port, tell).catch(threw);
  },
  { once: true },
);

async function begin(start: LessonStart, port: MessagePort, tell: (message: FromLesson) => void): Promise<void> {
  const print = (...values: unknown[]): void => tell({ type: "printed", text: values.map(shown).join(" ") });
  const answer = await run(start.code, trainingTeller(tell), print);
  const exercise = exercises.find(({ name }) => name === start.exercise);
  port.onmessage = ({ data }: MessageEvent<ToLesson>) => {
    const test = exercise?.tests.find(({ name }) => name === data.test);
    if (exercise !== undefined && test !== undefined)
      tell({ type: "evidence", evidence: seen(exercise, test.run(answer), start.lines) });
  };
  tell({ type: "loaded" });
}

/** Runs the code, and returns what it exports. */
async function run(code: string, hear: Hearer, print: (...values: unknown[]) => void): Promise<object> {
  // The first line of the code stays the first, so that the lines of errors are right.
  const text = `export const run = async (require, exports, module, console) => { ${code}\n};\n//# sourceURL=${NAME}`;
  const address = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  const loaded = (await import(/* @vite-ignore */ address)) as { run: Run };
  URL.revokeObjectURL(address);
  const module = { exports: {} };
  await loaded.run(modulesFor(hear), module.exports, module, { log: print, info: print, warn: print, error: print });
  return module.exports;
}

/** What can be sent: the mistake in words, with the line of what was thrown. */
function seen(exercise: GradedExercise, { fault, returns }: Evidence, lines: readonly number[]): Seen {
  if (fault === undefined) return { returns };
  const line = lineOf(fault.cause, lines);
  const detail = fault.detail + (line === undefined ? "" : ` (line ${line})`);
  return { fault: { mistake: fault.mistake, explained: explain(exercise, fault), detail }, returns };
}

const LAST = 100;
/** Milliseconds from one report of a training to the next. */
const PAUSE = 100;

/** Takes the return of each episode, and tells now and then how many there were and the mean of the last ones. */
function trainingTeller(tell: (message: FromLesson) => void): Hearer {
  const last: number[] = [];
  let episodes = 0;
  let toldAt = 0;
  return (episodeReturn) => {
    last[episodes++ % LAST] = episodeReturn;
    const now = performance.now();
    if (now - toldAt < PAUSE) return;
    toldAt = now;
    tell({ type: "training", episodes, mean: last.reduce((sum, one) => sum + one, 0) / last.length });
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
