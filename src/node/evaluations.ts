/** Evaluates the policy of a run as it learns, on episodes of its own. */

import type { AnyAsyncEnv } from "../envs/async-env.js";
import type { AnyEnv } from "../envs/env.js";
import { evaluating, evaluatingAsync } from "../training/evaluate.js";
import type { Evaluation } from "../training/evaluation.js";
import { needsWaiting } from "../training/prompt-env.js";
import type { RunRecord } from "../training/run-record.js";
import { evaluationSeed } from "../training/streams.js";
import type { Training, Update } from "../training/types.js";
import { EvaluationLog, type RunEvaluation } from "./evaluation-log.js";
import type { MakeEvalEnv } from "./evaluation-options.js";

type Played = IteratorResult<number, Evaluation>;
type Place = Pick<Update, "update" | "episodes" | "steps">;

export class Evaluations {
  /** The last one. */
  latest: RunEvaluation | undefined;
  /** The policy that did best, if one did better than those of the log. */
  best: Uint8Array | undefined;
  private readonly training: Training;
  private readonly settings: NonNullable<RunRecord["evaluation"]>;
  private readonly make: MakeEvalEnv;
  private readonly log: EvaluationLog;
  private readonly seed: bigint;
  private bestMean: number;
  private begun: { place: Place; play: Iterator<number, Evaluation> | AsyncIterator<number, Evaluation> } | undefined;

  /** `reached` is the update after which the run goes on, if it is resumed. Its evaluation may be missing. */
  constructor(
    path: string,
    training: Training,
    settings: NonNullable<RunRecord["evaluation"]>,
    make: MakeEvalEnv,
    reached: Update | undefined,
  ) {
    this.training = training;
    this.settings = settings;
    this.make = make;
    this.log = new EvaluationLog(path, reached?.update ?? 0);
    this.latest = this.log.latest;
    this.bestMean = this.log.bestMean;
    this.seed = evaluationSeed(training.config);
    if (reached !== undefined) this.after(reached);
  }

  /** Whether there is one to be played before training goes on. */
  get busy(): boolean {
    return this.begun !== undefined;
  }

  /** Begins an evaluation if the steps have passed another multiple of `evalEvery`. */
  after({ update, episodes, steps }: Update): void {
    const { every, episodes: count, deterministic } = this.settings;
    const passed = (taken: number): number => Math.floor(taken / every);
    if (passed(steps) === passed(this.latest?.steps ?? 0)) return;
    const { policy, asynchronous } = this.training;
    const options = { episodes: count, deterministic, seed: this.seed };
    const play = asynchronous
      ? evaluatingAsync(policy, this.make as () => AnyAsyncEnv, options)
      : evaluating(policy, this.make as () => AnyEnv, options);
    this.begun = { place: { update, episodes, steps }, play };
  }

  /** Plays about so many steps, and returns the evaluation where that completes it. */
  work(steps: number): RunEvaluation | undefined {
    if (this.training.asynchronous) throw needsWaiting();
    for (let taken = 0; taken < steps && this.begun !== undefined; ) {
      const played = this.begun.play.next() as Played;
      if (played.done) return this.complete(played.value);
      taken += played.value;
    }
    return undefined;
  }

  /** The same for environments of both kinds. */
  async workAsync(steps: number): Promise<RunEvaluation | undefined> {
    for (let taken = 0; taken < steps && this.begun !== undefined; ) {
      const played = await this.begun.play.next();
      if (played.done) return this.complete(played.value);
      taken += played.value;
    }
    return undefined;
  }

  sync(): void {
    this.log.sync();
  }

  close(): void {
    this.log.close();
  }

  private complete(evaluation: Evaluation): RunEvaluation {
    const { place } = this.begun as NonNullable<typeof this.begun>;
    this.begun = undefined;
    const done = { ...place, ...evaluation };
    this.log.append(done);
    this.latest = done;
    if (done.mean > this.bestMean) {
      this.bestMean = done.mean;
      if (this.settings.best === "evaluation") this.best = this.training.weights();
    }
    return done;
  }
}
