import type { Spent } from "../training/budget.js";
import type { Evaluation } from "../training/evaluation.js";
import type { Update } from "../training/types.js";
import { type Axis, placeOf, placesOfEpisodes } from "./axis.js";
import { LongCurve } from "./long-curve.js";
import { NoiseSummary } from "./noise-summary.js";
import { everySecond, Sample } from "./sample.js";

/** The window of the running mean over noisy values, in updates. */
export const SMOOTH = 20;
const MOST_DOTS = 3000;
const MOST_EVALUATIONS = 1000;

/** The curves of a run, from its updates one by one. They are thinned, so that a long run needs no more memory than a short one. */
export class Curves {
  readonly axis: Axis;
  /** The return of each episode. */
  readonly returns: Sample = new Sample(MOST_DOTS);
  /** The mean return of the last 100 episodes. */
  readonly average: LongCurve = new LongCurve();
  /** The evaluations of the policy, if the run had any: the mean return, and its 95 % interval. */
  evaluations: EvaluationCurve = { x: [], y: [], low: [], high: [] };
  readonly noise: NoiseSummary = new NoiseSummary();
  private readonly noisy = new Map<string, NoisyCurve>();
  private updates = 0;
  private steps = 0;

  constructor(axis: Axis) {
    this.axis = axis;
  }

  get empty(): boolean {
    return this.updates === 0;
  }

  /** The diagnostics by name. Some are measured in some updates only. */
  get diagnostics(): ReadonlyMap<string, NoisyCurve> {
    return this.noisy;
  }

  addEvaluation({ mean, interval, ...spent }: Pick<Evaluation, "mean" | "interval"> & Spent): void {
    const { evaluations } = this;
    evaluations.x.push(placeOf(spent, this.axis));
    evaluations.y.push(mean);
    evaluations.low.push(interval[0]);
    evaluations.high.push(interval[1]);
    if (evaluations.x.length <= MOST_EVALUATIONS) return;
    const { x, y, low, high } = evaluations;
    this.evaluations = { x: everySecond(x), y: everySecond(y), low: everySecond(low), high: everySecond(high) };
  }

  add(update: Update): void {
    const { axis, returns, average, noise, noisy } = this;
    const { diagnostics } = update;
    this.updates++;
    const x = placeOf(update, axis);
    average.add(x, update.averageReturn);
    const places = placesOfEpisodes(update, axis, this.steps);
    for (let i = 0; i < places.length; i++) returns.add(places[i], update.returns[i]);
    noise.add(update.steps - this.steps, diagnostics);
    this.steps = update.steps;
    for (const [name, value] of Object.entries(diagnostics)) {
      const curve = noisy.get(name) ?? new NoisyCurve();
      noisy.set(name, curve);
      curve.add(x, value);
    }
  }
}

interface EvaluationCurve {
  readonly x: number[];
  readonly y: number[];
  readonly low: number[];
  readonly high: number[];
}

/** The values of updates, and its running mean. */
class NoisyCurve {
  readonly values: LongCurve = new LongCurve();
  readonly means: LongCurve = new LongCurve();
  private count = 0;
  /** The last values, in turn. */
  private readonly last = new Float64Array(SMOOTH);

  /** Whether there are enough values for the running mean to tell more than the values. */
  get long(): boolean {
    return this.count >= 2 * SMOOTH;
  }

  add(x: number, y: number): void {
    const { last } = this;
    last[this.count++ % SMOOTH] = y;
    const first = Math.max(0, this.count - SMOOTH);
    let total = 0;
    for (let i = first; i < this.count; i++) total += last[i % SMOOTH];
    this.values.add(x, y);
    this.means.add(x, total / (this.count - first));
  }
}
