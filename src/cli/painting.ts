import { cut, widthOf } from "./colour.js";

const HIDE_CURSOR = "\x1b[?25l";
const SHOW_CURSOR = "\x1b[?25h";
const CLEAR_BELOW = "\x1b[0J";
/** Terminals that know these show a frame only when it is complete. */
const BEGIN_FRAME = "\x1b[?2026h";
const END_FRAME = "\x1b[?2026l";

/** What a painting needs of a terminal: `process.stdout`, or something of a test's own. */
export interface Terminal {
  readonly columns?: number;
  readonly rows?: number;
  write(text: string): unknown;
}

/** A block of lines at the bottom of the terminal that is drawn again and again, in place. */
export class Painting {
  private readonly terminal: Terminal;
  private widths: number[] = [];
  private readonly showCursor: () => void;

  constructor(terminal: Terminal) {
    this.terminal = terminal;
    this.showCursor = () => terminal.write(SHOW_CURSOR);
    terminal.write(HIDE_CURSOR);
    // Whatever ends the process, an exception too, the user gets the cursor back.
    process.once("exit", this.showCursor);
  }

  get columns(): number {
    return Math.max(this.terminal.columns ?? 80, 20);
  }

  get rows(): number {
    return Math.max(this.terminal.rows ?? 24, 6);
  }

  /** Draws the lines over those of before, each cut to the terminal's width. */
  draw(lines: readonly string[]): void {
    const { columns } = this;
    const fitting = lines.slice(0, this.rows - 1).map((line) => cut(line, columns));
    this.terminal.write(
      `${BEGIN_FRAME}${this.home()}${CLEAR_BELOW}${fitting.map((line) => `${line}\n`).join("")}${END_FRAME}`,
    );
    this.widths = fitting.map(widthOf);
  }

  /** Leaves what was drawn where it is and gives the cursor back. */
  end(): void {
    this.showCursor();
    process.removeListener("exit", this.showCursor);
  }

  /** Back to the first line. A terminal that was made narrower has broken the old lines into several rows each. */
  private home(): string {
    const rows = this.widths.reduce((total, width) => total + Math.max(1, Math.ceil(width / this.columns)), 0);
    return rows === 0 ? "\r" : `\x1b[${rows}F`;
  }
}
