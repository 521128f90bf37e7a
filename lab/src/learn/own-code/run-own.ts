/** Compiles a reader's code and runs it, isolated. One at a time: another run ends the one before. */

import { ask } from "../../own-env/compiler.js";
import { Isolated } from "../../own-env/isolated.js";
import type { FromLesson, LessonStart, Seen, ToLesson } from "./lesson-protocol.js";

/** Seconds in which a program prints nothing before it is taken to loop for ever. */
const SILENCE = 60;
/** Seconds that an answer has to be loaded. */
const LOADING = 10;

/** An error of the code, with its line if that is known. */
class OwnError extends Error {
  readonly line: number | undefined;

  constructor(message: string, line: number | undefined) {
    super(line === undefined ? message : `Line ${line}: ${message}`);
    this.line = line;
  }
}

let current: { readonly stop: () => void } | undefined;

/** Ends what runs. */
export function stopOwn(): void {
  current?.stop();
  current = undefined;
}

/** The code without types. @throws OwnError where it can't be read as TypeScript */
async function compiled(code: string, exercise: string | undefined): Promise<LessonStart> {
  const emitted = await ask({ ask: "emit", code });
  const [problem] = emitted.problems;
  if (problem !== undefined) throw new OwnError(problem.message, code.slice(0, problem.from).split("\n").length);
  return { code: emitted.code, lines: emitted.lines, exercise };
}

/** Runs a program to its end. `print` hears each line. @throws OwnError */
export async function runOwn(code: string, print: (text: string) => void): Promise<void> {
  stopOwn();
  const start = await compiled(code, undefined);
  await isolated<void>(start, (message, { done }) => {
    if (message.type === "printed") print(message.text);
    if (message.type === "loaded") done();
    return SILENCE;
  });
}

/** A test to run: its name, and how many seconds it may take. */
export interface OwnTest {
  readonly name: string;
  readonly seconds: number;
}

/** How a training goes: episodes, and the mean of the last 100. */
export type Watch = (episodes: number, mean: number) => void;

/** A loaded answer to an exercise, whose tests run one by one. */
export class OwnAnswer {
  private readonly start: LessonStart;

  private constructor(start: LessonStart) {
    this.start = start;
  }

  /** @throws OwnError where the code can't be read as TypeScript */
  static async to(exercise: string, code: string): Promise<OwnAnswer> {
    stopOwn();
    return new OwnAnswer(await compiled(code, exercise));
  }

  /**
   * Runs tests one after the other until one of them does not end, whose evidence says so. `next` gets what each saw, and
   * names the test to go on with.
   *
   * @throws OwnError if the code can't be loaded
   */
  async run(first: OwnTest, next: (test: OwnTest, seen: Seen) => OwnTest | undefined, watch: Watch): Promise<void> {
    let test: OwnTest | undefined = first;
    // A worker that had to be ended is replaced by a new one.
    while (test !== undefined) test = await this.runUntilStuck(test, next, watch);
  }

  private runUntilStuck(
    first: OwnTest,
    next: (test: OwnTest, seen: Seen) => OwnTest | undefined,
    watch: Watch,
  ): Promise<OwnTest | undefined> {
    let test = first;
    let ends = 0;
    const left = (): number => Math.max(1, Math.ceil((ends - performance.now()) / 1000));
    return isolated<OwnTest | undefined>(
      this.start,
      (message, { done, send }) => {
        const begin = (): number => {
          ends = performance.now() + 1000 * test.seconds;
          send({ test: test.name });
          return test.seconds;
        };
        switch (message.type) {
          case "loaded":
            return begin();
          case "training":
            watch(message.episodes, message.mean);
            return left();
          case "evidence": {
            const following = next(test, message.evidence);
            if (following === undefined) {
              done(undefined);
              return undefined;
            }
            test = following;
            return begin();
          }
          default:
            return ends === 0 ? LOADING : left();
        }
      },
      () => {
        if (ends === 0) return undefined;
        const explained = "The test was stopped: it took too long, which is usually a loop that does not end.";
        const detail = `nothing came back within ${test.seconds} seconds`;
        return { value: next(test, { fault: { mistake: "endless-loop", explained, detail } }) };
      },
    );
  }
}

interface Conversation<T> {
  readonly done: (value: T) => void;
  readonly send: (message: ToLesson) => void;
}

/** Starts the engine and listens, until `told` says that it is done, the code throws, or it is silent for too long. */
function isolated<T>(
  start: LessonStart,
  told: (message: FromLesson, conversation: Conversation<T>) => number | undefined,
  late?: () => { readonly value: T } | undefined,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const end = (): void => {
      engine.close();
      if (current === own) current = undefined;
    };
    const fail = (message: string, line?: number): void => {
      end();
      reject(new OwnError(message, line));
    };
    const done = (value: T): void => {
      end();
      resolve(value);
    };
    const engine = new Isolated<FromLesson>(() => import("virtual:lesson-engine"), start, [], {
      told(message) {
        if (message.type !== "threw") return told(message, { done, send: (test) => engine.send(test) });
        fail(message.message, message.line);
        return undefined;
      },
      silent() {
        const answer = late?.();
        if (answer === undefined) fail("It was stopped, because nothing came back. Is there a loop that does not end?");
        else done(answer.value);
      },
      broken: (message) => fail(message),
    });
    const own = { stop: () => fail("Stopped.") };
    current = own;
  });
}
