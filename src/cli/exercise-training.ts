/** How far the training of an answer has come: a line that is drawn anew on a terminal, a line now and then elsewhere. */

import type { Training } from "../node/exercise/messages.js";
import type { Colours } from "./colour.js";
import { count, figure } from "./figures.js";
import { progressBar } from "./progress-bar.js";

const LINE_START = "\r\x1b[2K";
/** Seconds from one line to the next where there is no terminal. */
const PAUSE = 10;

/** Where it is shown. */
export interface TrainingOutput {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Shows a training of so many episodes, and takes the line of a terminal away at its end. */
export class TrainingView {
  private readonly output: TrainingOutput;
  private readonly colours: Colours;
  private readonly clock: () => number;
  private drawn = false;
  private writtenAt: number;

  /** `clock` in seconds. */
  constructor(output: TrainingOutput, colours: Colours, clock = () => performance.now() / 1000) {
    this.output = output;
    this.colours = colours;
    this.clock = clock;
    this.writtenAt = clock();
  }

  /** Shows how far it has come, of how many episodes. */
  show({ episodes, mean }: Training, of: number): void {
    // The batch in which the last episode ends may hold more of them.
    const done = `${Math.min(episodes, of)} of ${count(of, "episode")}`;
    const score = `mean of the last 100: ${figure(mean)}`;
    if (this.output.isTTY) {
      const columns = (this.output.columns ?? 80) - 3;
      const bar = progressBar(episodes / of, [done, score], { columns, colours: this.colours });
      this.output.write(`${LINE_START}  ${bar}`);
      this.drawn = true;
      return;
    }
    const now = this.clock();
    if (now - this.writtenAt < PAUSE) return;
    this.writtenAt = now;
    this.output.write(`  … training: ${done}, ${score}\n`);
  }

  /** Before anything else is written. */
  end(): void {
    if (this.drawn) this.output.write(LINE_START);
    this.drawn = false;
  }
}
