/** What a run has shown so far: one row an update, and one an episode. */

import type { Progress } from "../protocol.js";
import { Column } from "./columns.js";

/** Episodes in a running mean, as in the definition of solved. */
export const WINDOW = 100;

/** All of it as plain data. */
export interface HistoryData {
  readonly updates: Readonly<Record<string, Float64Array>>;
  readonly episodes: Readonly<Record<"steps" | "return" | "length" | "mean", Float64Array>>;
  readonly lastUpdate: number;
}

export class History {
  /** By name: `steps`, `averageReturn`, and each number of the diagnostics. A missing number is NaN. */
  readonly updates = new Map<string, Column>([["steps", new Column()]]);
  readonly episodes = { steps: new Column(), return: new Column(), length: new Column(), mean: new Column() };
  private sum = 0;
  /** The number of the latest update. A run that goes on may report again what its checkpoint had done. */
  private lastUpdate = 0;

  static from({ updates, episodes, lastUpdate }: HistoryData): History {
    const history = new History();
    for (const [name, numbers] of Object.entries(updates)) history.updates.set(name, Column.of(numbers));
    for (const name of ["steps", "return", "length", "mean"] as const)
      history.episodes[name] = Column.of(episodes[name]);
    history.lastUpdate = lastUpdate;
    history.sum = history.episodes.return.view.slice(-WINDOW).reduce((sum, x) => sum + x, 0);
    return history;
  }

  data(): HistoryData {
    const { steps, length, mean } = this.episodes;
    return {
      updates: Object.fromEntries([...this.updates].map(([name, column]) => [name, column.view.slice()])),
      episodes: {
        steps: steps.view.slice(),
        return: this.episodes.return.view.slice(),
        length: length.view.slice(),
        mean: mean.view.slice(),
      },
      lastUpdate: this.lastUpdate,
    };
  }

  get updateCount(): number {
    return this.updates.get("steps")?.length ?? 0;
  }

  add({ updates }: Pick<Progress, "updates">): void {
    for (const { update, steps, averageReturn, returns, lengths, lastSteps, diagnostics } of updates) {
      if (update <= this.lastUpdate) continue;
      this.lastUpdate = update;
      const before = this.updateCount;
      for (const [name, value] of Object.entries({ steps, averageReturn, ...diagnostics })) {
        const column = this.column(name, before);
        column.push(value);
      }
      // A number that this update lacks.
      for (const column of this.updates.values()) if (column.length === before) column.push(Number.NaN);
      returns.forEach((total, i) => void this.addEpisode(lastSteps[i], total, lengths[i]));
    }
  }

  private column(name: string, before: number): Column {
    let column = this.updates.get(name);
    if (column === undefined) {
      column = new Column();
      for (let i = 0; i < before; i++) column.push(Number.NaN);
      this.updates.set(name, column);
    }
    return column;
  }

  private addEpisode(step: number, total: number, length: number): void {
    const { episodes } = this;
    const count = episodes.return.length;
    this.sum += total - (count >= WINDOW ? episodes.return.view[count - WINDOW] : 0);
    episodes.steps.push(step);
    episodes.return.push(total);
    episodes.length.push(length);
    episodes.mean.push(this.sum / Math.min(count + 1, WINDOW));
  }
}
