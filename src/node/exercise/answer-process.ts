/** A learner's code in a process of its own, which can be stopped when it does not return. */

import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Evidence, GradedTest } from "../../exercise/index.js";
import { FileError } from "../file-error.js";
import type { Message, Training } from "./messages.js";

const PROGRAM = fileURLToPath(new URL("./answer-program.js", import.meta.url));
/** How long a file may take to be loaded. */
const LOADING_SECONDS = 30;

/** Why a process gave no answer: nothing came in time, or it ended. */
type Silence = { readonly silent: "late" } | { readonly silent: "ended"; readonly code: number | null };

/**
 * Runs tests of an exercise, given by its name, on the module in a file, one at a time. A process that had to be stopped is
 * replaced by a new one.
 */
export class AnswerProcess {
  private readonly exercise: string;
  private readonly file: string;
  private child: ChildProcess | undefined;

  constructor(exercise: string, file: string) {
    this.exercise = exercise;
    this.file = file;
  }

  /** The evidence of one test. `watch` is told how far training has come. @throws FileError if the file can't be loaded */
  async run({ name, seconds }: GradedTest, watch?: (training: Training) => void): Promise<Evidence> {
    const child = this.child ?? (await this.load());
    child.send(name);
    const message = await answerOf(child, seconds, watch);
    if ("evidence" in message) return message.evidence;
    this.stop();
    if ("silent" in message && message.silent === "late")
      return { fault: { mistake: "endless-loop", detail: `nothing came back within ${seconds} seconds` } };
    return { fault: { mistake: "threw", detail: "your code ended the process" } };
  }

  /** Ends the process, whatever it does. */
  stop(): void {
    this.child?.kill("SIGKILL");
    this.child = undefined;
  }

  /** Starts the process. @throws FileError if the file can't be loaded */
  async load(): Promise<ChildProcess> {
    const args = [this.exercise, this.file];
    const child = fork(PROGRAM, args, { execArgv: [], serialization: "advanced" });
    this.child = child;
    const message = await answerOf(child, LOADING_SECONDS);
    if ("loaded" in message) return child;
    this.stop();
    // The message of an import names the file already.
    const told = "problem" in message ? message.problem.replace(`${this.file}: `, "") : undefined;
    const late = `it was not loaded within ${LOADING_SECONDS} seconds: does it do more than define functions?`;
    const ended = "it ended the process while it was loaded";
    throw new FileError(this.file, told ?? ("silent" in message && message.silent === "late" ? late : ended));
  }
}

/** The next message of a process that does not only tell how far training has come, or why there is none. */
function answerOf(
  child: ChildProcess,
  seconds: number,
  watch?: (training: Training) => void,
): Promise<Message | Silence> {
  return new Promise((settle) => {
    const end = (answer: Message | Silence): void => {
      clearTimeout(timer);
      child.off("message", told).off("exit", gone);
      settle(answer);
    };
    const told = (message: Message): void => ("training" in message ? watch?.(message.training) : end(message));
    const gone = (code: number | null): void => end({ silent: "ended", code });
    const timer = setTimeout(() => end({ silent: "late" }), 1000 * seconds);
    child.on("message", told).once("exit", gone);
  });
}
