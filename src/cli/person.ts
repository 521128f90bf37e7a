/** The person at the terminal as the judge of responses. */

import { createInterface, type Interface } from "node:readline";
import type { Judge } from "../language/run/preferences.js";

/** What can be typed for each answer. */
const ANSWERS: Readonly<Record<string, 0 | 1>> = { a: 0, b: 1, "1": 0, "2": 1 };
/** Milliseconds between two looks whether the run was interrupted. */
const LOOK_MS = 100;

/** Shows two responses and reads which one is better, a line for each answer. */
export class Person {
  private readonly input: NodeJS.ReadableStream;
  private readonly output: { write(text: string): unknown };
  private lines: Interface | undefined;
  private typed: string[] = [];
  private asked = 0;
  private ended = false;
  private stopped: () => boolean = () => false;

  constructor(input: NodeJS.ReadableStream, output: { write(text: string): unknown }) {
    this.input = input;
    this.output = output;
  }

  /** Begins to read. `stopped` says whether the run was interrupted. */
  listen(stopped: () => boolean): void {
    this.stopped = stopped;
    // Not as a terminal: Ctrl-C then stays a signal, which ends the run as it ends any other.
    this.lines = createInterface({ input: this.input, terminal: false });
    this.lines.on("line", (line) => this.typed.push(line.trim().toLowerCase()));
    this.lines.on("close", () => {
      this.ended = true;
    });
  }

  leave(): void {
    this.lines?.close();
  }

  readonly judge: Judge = async (a, b) => {
    if (this.over) return this.leaveIt();
    this.asked++;
    this.output.write(
      `\n${this.asked}.  A  ${a.prompt}${a.response}\n    B  ${b.prompt}${b.response}\n    Which is better, A or B? `,
    );
    for (;;) {
      const line = await this.next();
      if (line === undefined) return this.leaveIt();
      if (Object.hasOwn(ANSWERS, line)) return ANSWERS[line];
      this.output.write(`    "${line}" is neither: type a or b, and Enter. `);
    }
  };

  /** Whether nobody answers any more. */
  private get over(): boolean {
    return this.typed.length === 0 && (this.stopped() || this.ended);
  }

  /** Ends the run, which asks again when it is resumed. */
  private async leaveIt(): Promise<undefined> {
    if (!this.stopped()) {
      this.output.write("\nThere is no more input.\n");
      process.kill(process.pid, "SIGTERM");
      // The signal comes a moment later.
      await new Promise((done) => setTimeout(done, LOOK_MS));
    }
    return undefined;
  }

  private async next(): Promise<string | undefined> {
    while (this.typed.length === 0) {
      if (this.over) return undefined;
      await new Promise((done) => setTimeout(done, LOOK_MS));
    }
    return this.typed.shift();
  }
}
