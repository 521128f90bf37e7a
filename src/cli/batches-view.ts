/** How far drawing batches is, in a line that is redrawn on a terminal and gone at the end. */

import { type Colours, colours } from "./colour.js";
import { count, duration } from "./figures.js";
import { Pace } from "./pace.js";
import type { Terminal } from "./painting.js";
import { progressBar } from "./progress-bar.js";

/** The least time between two frames, and before the first one: short work shows none. */
const FRAME_MS = 100;
const PATIENCE_MS = 500;

/** Goes to the start of the line, and clears it. The cursor stays visible: Ctrl-C ends the process in the middle of the work. */
const AGAIN = "\r\x1b[K";

/** Does the work, which pauses with the number of batches done, and shows it. `clock` in milliseconds. */
export function shownBatches<T>(
  work: Iterator<number, T>,
  batches: number,
  {
    terminal,
    colour,
    clock = () => performance.now(),
  }: {
    readonly terminal: Terminal;
    readonly colour: boolean;
    readonly clock?: () => number;
  },
): T {
  const tones: Colours = colours(colour);
  const began = clock();
  // What comes before the first batch, such as predictions, says nothing of the pace.
  let pace: Pace | undefined;
  let isDrawn = false;
  let drawnAt = began + PATIENCE_MS - FRAME_MS;
  const draw = (done: number, now: number): void => {
    isDrawn = true;
    pace?.add(now / 1000, 0, done);
    const left = pace?.secondsUntil({ episodes: batches, steps: null });
    const time = duration((now - began) / 1000);
    const parts = [
      `${done.toLocaleString("en-GB")} of ${count(batches, "batch", "batches")}`,
      left === undefined ? time : `${time}, ${duration(left)} left`,
    ];
    // The last column stays free, so that no terminal begins a new line.
    const columns = (terminal.columns ?? 80) - 1;
    terminal.write(AGAIN + progressBar(done / batches, parts, { columns, colours: tones }));
  };
  try {
    for (;;) {
      const step = work.next();
      if (step.done) return step.value;
      const now = clock();
      pace ??= new Pace(now / 1000, 0, step.value);
      if (now - drawnAt < FRAME_MS) continue;
      drawnAt = now;
      draw(step.value, now);
    }
  } finally {
    if (isDrawn) terminal.write(AGAIN);
  }
}
