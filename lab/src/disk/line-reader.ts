/** Reads the lines of a log on disk piece by piece, from where it stopped, as the log grows. */

import { type Signal, signal } from "@preact/signals";
import { ask, Refused } from "./asking.js";

/** Milliseconds of work before the page gets its turn. */
const TURN_MS = 8;

export interface Lines {
  /** Forgets what was taken: the log is another one. */
  anew(): void;
  take(line: string): void;
  /** Something was taken or forgotten. */
  changed(): void;
}

export class LineReader {
  /** Why it can't be read. */
  readonly problem: Signal<string | undefined> = signal(undefined);
  /** Bytes that are still to come, while it reads. */
  readonly left: Signal<number> = signal(0);
  private readonly path: string;
  private readonly lines: Lines;
  private cursor = "";
  private reading = false;
  private wanted = false;

  /** `path` is that behind `/data/`. */
  constructor(path: string, lines: Lines) {
    this.path = path;
    this.lines = lines;
  }

  /** Reads what has come since. A call while it reads asks for one more look. */
  async read(): Promise<void> {
    this.wanted = true;
    if (this.reading) return;
    this.reading = true;
    try {
      while (this.wanted) {
        this.wanted = false;
        while (await this.readPiece());
      }
      this.problem.value = undefined;
    } catch (error) {
      // If the server is away, the page says so elsewhere, and reads on when it is back.
      if (error instanceof Refused) this.problem.value = error.message;
    } finally {
      this.reading = false;
      this.left.value = 0;
    }
  }

  /** Returns whether there may be more. */
  private async readPiece(): Promise<boolean> {
    const answer = await ask(`${this.path}${this.cursor === "" ? "" : `?after=${this.cursor}`}`);
    const text = await answer.text();
    if (answer.headers.get("Lab-Replaced") === "yes") {
      this.lines.anew();
      this.lines.changed();
    }
    let since = performance.now();
    for (let from = 0, end: number; (end = text.indexOf("\n", from)) >= 0; from = end + 1) {
      this.lines.take(text.slice(from, end));
      if (performance.now() - since < TURN_MS) continue;
      await new Promise((resolve) => setTimeout(resolve));
      since = performance.now();
    }
    this.cursor = answer.headers.get("Lab-Next") ?? "";
    const left = Number(answer.headers.get("Lab-Left") ?? 0);
    if (text !== "") this.lines.changed();
    this.left.value = text === "" ? 0 : left;
    return text !== "" && left > 0;
  }
}
