/** The engines of the page: runs are shared among workers, at most one fewer than the machine has cores. */

import type { Beginning, Pace, RunId, ToEngine } from "../protocol.js";
import type { Engine, EngineEvents } from "./engine.js";

interface EngineWorker<E> {
  readonly engine: E;
  /** The runs that it holds, and those of them that go on. */
  readonly runs: Set<RunId>;
  readonly training: Set<RunId>;
}

export class Engines<E extends Pick<Engine, "send"> = Engine> {
  private readonly workers: EngineWorker<E>[] = [];
  private readonly open: (events: EngineEvents) => E;
  private readonly events: EngineEvents;
  private readonly most: number;

  /** Starts the first engine. The others follow when there are runs for them: each takes memory. */
  constructor(events: EngineEvents, open: (events: EngineEvents) => E, cores: number) {
    this.events = events;
    this.open = open;
    // The page's own thread needs a core to draw and to answer.
    this.most = Math.max(1, cores - 1);
    this.hire(events);
  }

  begin(run: RunId, from: Beginning, pace: Pace): void {
    const worker = this.freest();
    worker.runs.add(run);
    worker.training.add(run);
    worker.engine.send({ type: "begin", run, from, pace });
  }

  send(message: Extract<ToEngine, { readonly run: RunId }>): void {
    const worker = this.workers.find(({ runs }) => runs.has(message.run));
    worker?.engine.send(message);
    if (worker !== undefined && message.type === "drop")
      for (const runs of [worker.runs, worker.training]) runs.delete(message.run);
  }

  /** The engine that holds a run. */
  of(run: RunId): E {
    return (this.workers.find(({ runs }) => runs.has(run)) ?? this.workers[0]).engine;
  }

  /** One with nothing to do, if need be a new one; else the one with the fewest runs that go on. */
  private freest(): EngineWorker<E> {
    const least = this.workers.reduce((best, other) => (other.training.size < best.training.size ? other : best));
    if (least.training.size === 0 || this.workers.length === this.most) return least;
    return this.hire({ ...this.events, catalogue: () => undefined });
  }

  private hire(events: EngineEvents): EngineWorker<E> {
    const training = new Set<RunId>();
    const engine = this.open({
      ...events,
      run(message) {
        if (message.type === "failed" || (message.type === "progress" && message.progress.finished))
          training.delete(message.run);
        events.run(message);
      },
    });
    const worker = { engine, runs: new Set<RunId>(), training };
    this.workers.push(worker);
    return worker;
  }
}
