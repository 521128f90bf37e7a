/** What a run on disk has shown so far. */

import { type Signal, signal } from "@preact/signals";
import { History } from "../state/history.js";
import { LineReader } from "./line-reader.js";
import { evaluationIn, type LoggedEvaluation, updateIn } from "./log-line.js";

/** Logs that are kept, so that a run that was left and is opened again needs no second reading. */
const MOST_KEPT = 24;

export class RunLog {
  /** Another one if the log was replaced. */
  history = new History();
  /** Grows with every piece that was read. */
  readonly version = signal(0);
  /** Lines that are no updates. */
  readonly damaged = signal(0);
  readonly evaluations: Signal<readonly LoggedEvaluation[]> = signal([]);
  private readonly metrics: LineReader;
  private readonly evaluated: LineReader;
  private readonly names = new Set<string>();
  private steps = 0;
  private bad = 0;
  private found: LoggedEvaluation[] = [];

  constructor(id: string) {
    this.metrics = new LineReader(`runs/${id}/metrics`, {
      anew: () => {
        this.history = new History();
        this.names.clear();
        this.steps = 0;
        this.bad = 0;
      },
      take: (line) => {
        const update = updateIn(line, this.steps, this.names);
        if (update === undefined) this.bad++;
        else {
          this.steps = update.steps;
          this.history.add({ updates: [update] });
        }
      },
      changed: () => {
        this.damaged.value = this.bad;
        this.version.value++;
      },
    });
    this.evaluated = new LineReader(`runs/${id}/evaluations`, {
      anew: () => (this.found = []),
      take: (line) => {
        const evaluation = evaluationIn(line);
        if (evaluation !== undefined) this.found.push(evaluation);
      },
      changed: () => (this.evaluations.value = [...this.found]),
    });
  }

  get problem(): string | undefined {
    return this.metrics.problem.value;
  }

  /** Bytes of the log that are still to be read. */
  get left(): number {
    return this.metrics.left.value;
  }

  async read(withEvaluations: boolean): Promise<void> {
    await this.metrics.read();
    if (withEvaluations) await this.evaluated.read();
  }
}

const kept = new Map<string, RunLog>();

/** The log of a run, as far as it was read. */
export function logOf(id: string): RunLog {
  const log = kept.get(id) ?? new RunLog(id);
  kept.delete(id);
  kept.set(id, log);
  for (const [oldest] of kept) {
    if (kept.size <= MOST_KEPT) break;
    kept.delete(oldest);
  }
  return log;
}
