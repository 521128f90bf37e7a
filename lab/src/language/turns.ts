/** Work that goes on in the worker in short turns, between which messages of the page are heard. */

import { hearMessages } from "../hear-messages.js";

/** Milliseconds of work before messages are heard. One piece of work may take longer. */
const TURN = 20;
/** Milliseconds between two reports. */
const REPORT = 100;

export interface Work {
  /** Whether there is something to do now. */
  readonly busy: boolean;
  /** Does one piece of it. */
  advance(): void | Promise<void>;
  /** Tells the page what has happened since the last report. */
  report(): void;
  fail(error: unknown): void;
}

/** Keeps one work going while it is busy, and reports ten times a second and when it stops. */
export class Turns {
  private readonly work: Work;
  private going = false;

  constructor(work: Work) {
    this.work = work;
  }

  wake(): void {
    if (this.going) return;
    this.going = true;
    void this.go()
      .catch((error: unknown) => this.work.fail(error))
      .finally(() => (this.going = false));
  }

  private async go(): Promise<void> {
    const { work } = this;
    let reported = performance.now();
    while (work.busy) {
      const start = performance.now();
      while (work.busy && performance.now() - start < TURN) await work.advance();
      if (performance.now() - reported >= REPORT || !work.busy) {
        reported = performance.now();
        work.report();
      }
      await hearMessages();
    }
  }
}
