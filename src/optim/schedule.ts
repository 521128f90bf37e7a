/** A learning rate over a run. `progress` runs from 0 at the start to 1 at the end of the budget. */
export type Schedule = (progress: number) => number;

/** The same rate throughout. */
export const constant =
  (value: number): Schedule =>
  () =>
    value;

/** A straight line from `start` to `end`. */
export const linearSchedule =
  (start: number, end = 0): Schedule =>
  (progress) =>
    start + (end - start) * Math.min(1, Math.max(0, progress));
