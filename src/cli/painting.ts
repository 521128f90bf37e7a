import { cut, widthOf } from "./colour.js";

const HIDE_CURSOR = "\x1b[?25l";
const SHOW_CURSOR = "\x1b[?25h";
const CLEAR_BELOW = "\x1b[0J";
/** Synchronised output: terminals that support it show a frame only when it is complete. */
const BEGIN_FRAME = "\x1b[?2026h";
const END_FRAME = "\x1b[?2026l";

/** The part of a terminal that a painting uses: `process.stdout`, or a test's own object. */
export interface Terminal {
  readonly columns?: number;
  readonly rows?: number;
  write(text: string): unknown;
}

/** A block of lines at the bottom of the terminal that is redrawn in place. */
export class Painting {
  private readonly terminal: Terminal;
  private widths: number[] = [];
  private readonly showCursor: () => void;

  constructor(terminal: Terminal) {
    this.terminal = terminal;
    this.showCursor = () => terminal.write(SHOW_CURSOR);
    terminal.write(HIDE_CURSOR);
    // The cursor is shown again however the process ends, by an exception too.
    process.once("exit", this.showCursor);
  }

  get columns(): number {
    return Math.max(this.terminal.columns ?? 80, 20);
  }

  get rows(): number {
    return Math.max(this.terminal.rows ?? 24, 6);
  }

  /** Draws over the lines drawn before. Each line is cut to the terminal's width. */
  draw(lines: readonly string[]): void {
    const { columns } = this;
    const fitting = lines.slice(0, this.rows - 1).map((line) => cut(line, columns));
    this.terminal.write(
      `${BEGIN_FRAME}${this.home()}${CLEAR_BELOW}${fitting.map((line) => `${line}\n`).join("")}${END_FRAME}`,
    );
    this.widths = fitting.map(widthOf);
  }

  /** Keeps the last frame and shows the cursor again. */
  end(): void {
    this.showCursor();
    process.removeListener("exit", this.showCursor);
  }

  /** Moves the cursor to the first line. A terminal that was made narrower has wrapped the old lines into several rows. */
  private home(): string {
    const rows = this.widths.reduce((total, width) => total + Math.max(1, Math.ceil(width / this.columns)), 0);
    return rows === 0 ? "\r" : `\x1b[${rows}F`;
  }
}
