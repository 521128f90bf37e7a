/** Running means of what has arrived, over all points: charts thin them afterwards. */

import { Column } from "../state/columns.js";

/** The mean of the last `window` numbers at each number of a column that grows; of all so far where there are fewer. */
class RunningMean {
  private readonly means = new Column();
  private sum = 0;

  view(numbers: Float64Array, window: number): Float64Array {
    for (let i = this.means.length; i < numbers.length; i++) {
      this.sum += numbers[i] - (i >= window ? numbers[i - window] : 0);
      this.means.push(this.sum / Math.min(i + 1, window));
    }
    return this.means.view;
  }
}

const known = new WeakMap<Column, Map<number, RunningMean>>();

/** Each mean is computed once, however often it is drawn. */
export function runningMean(column: Column, window: number): Float64Array {
  let windows = known.get(column);
  if (windows === undefined) known.set(column, (windows = new Map()));
  let mean = windows.get(window);
  if (mean === undefined) windows.set(window, (mean = new RunningMean()));
  return mean.view(column.view, window);
}
