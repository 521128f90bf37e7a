/** What a run has shown so far: one row an update, and one an episode. */

import type { HistoryData, Progress } from "../protocol.js";
import { Column } from "./columns.js";

const PER_EPISODE = ["steps", "number", "update", "return", "length"] as const;
type PerEpisode = keyof HistoryData["episodes"];

export class History {
  /** By name: `steps`, `episodes`, `update`, `averageReturn`, and each number of the diagnostics. A missing number is NaN. */
  readonly updates = new Map<string, Column>([["steps", new Column()]]);
  /** `number` counts episodes from 1, and `update` is the update after whose batch an episode was reported. */
  readonly episodes: Record<PerEpisode, Column> = {
    steps: new Column(),
    number: new Column(),
    update: new Column(),
    return: new Column(),
    length: new Column(),
  };
  /** The number of the latest update. A run that goes on may report again what its checkpoint had done. */
  private lastUpdate = 0;

  static from({ updates, episodes, lastUpdate }: HistoryData): History {
    const history = new History();
    for (const [name, numbers] of Object.entries(updates)) history.updates.set(name, Column.of(numbers));
    for (const name of PER_EPISODE) history.episodes[name] = Column.of(episodes[name]);
    history.lastUpdate = lastUpdate;
    return history;
  }

  data(): HistoryData {
    const copied = (columns: Iterable<readonly [string, Column]>): Record<string, Float64Array> =>
      Object.fromEntries([...columns].map(([name, column]) => [name, column.view.slice()]));
    return {
      updates: copied(this.updates),
      episodes: copied(Object.entries(this.episodes)) as Record<PerEpisode, Float64Array>,
      lastUpdate: this.lastUpdate,
    };
  }

  get updateCount(): number {
    return this.updates.get("steps")?.length ?? 0;
  }

  add({ updates }: Pick<Progress, "updates">): void {
    for (const { steps, episodes, update, averageReturn, returns, lengths, lastSteps, diagnostics } of updates) {
      if (update <= this.lastUpdate) continue;
      this.lastUpdate = update;
      const before = this.updateCount;
      for (const [name, value] of Object.entries({ steps, episodes, update, averageReturn, ...diagnostics })) {
        const column = this.column(name, before);
        column.push(value);
      }
      // A number that this update lacks.
      for (const column of this.updates.values()) if (column.length === before) column.push(Number.NaN);
      returns.forEach((total, i) => {
        this.episodes.steps.push(lastSteps[i]);
        this.episodes.number.push(episodes - returns.length + i + 1);
        this.episodes.update.push(update);
        this.episodes.return.push(total);
        this.episodes.length.push(lengths[i]);
      });
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
}
