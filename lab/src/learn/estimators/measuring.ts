/** One measurement in the worker: it draws batches, slowly at first so that one sees the noise, and tells what it finds. */

import {
  type Measurement,
  type OpenMeasurement,
  openMeasurement,
  settingOf,
  targetOf,
  worldNamed,
} from "ascent/estimators";
import { type ScatterAxes, scatterAxes } from "ascent/figures";
import type { EstimatorRow, Found, FromTeacher, Opened, Question } from "../protocol.js";
import { estimatorsNamed } from "./menu.js";

/** Between two reports. */
const PAUSE_MS = 60;
/** The longest time of drawing, after which messages are read. */
const ROUND_MS = 40;
/** Each report has so much more batches than the last. */
const GROWTH = 1.08;
/** Batches whose estimates are shown as points. */
const MOST_POINTS = 400;
/** Batches that the axes of the scatter are chosen by. They are drawn for this alone. */
const PILOT = 64;

type Post = (message: FromTeacher, transfer?: Transferable[]) => void;

export class Measuring {
  readonly id: number;
  private readonly post: Post;
  private readonly open: OpenMeasurement;
  private readonly targets: readonly Float64Array[];
  private readonly axes: ScatterAxes;
  private wanted = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(id: number, { world, worldSeed, estimators: names, episodes, seed }: Question, post: Post) {
    this.id = id;
    this.post = post;
    const estimators = estimatorsNamed(names);
    const setting = settingOf(worldNamed(world, world === "random" ? { seed: worldSeed } : {}));
    const begin = (): OpenMeasurement => openMeasurement(estimators, setting, { episodes, seed });
    const pilot = begin();
    const cloud = Array.from({ length: PILOT }, () => pilot.draw()[0]);
    const measured = pilot.result();
    this.targets = measured.map(({ prediction }) => prediction.aim ?? targetOf(setting, prediction.target));
    this.axes = scatterAxes(cloud, this.targets[0]);
    this.open = begin();
    post({ type: "opened", id, opened: openedOf(measured, this.targets, this.axes) });
  }

  /** Draws on until there are so many batches. */
  until(batches: number): void {
    this.wanted = batches;
    if (this.timer === undefined && this.open.batches < batches) this.round();
  }

  private readonly round = (): void => {
    this.timer = undefined;
    const { open, wanted } = this;
    if (open.batches >= wanted) return;
    const goal = Math.min(wanted, Math.max(2, Math.ceil(open.batches * GROWTH)));
    const end = performance.now() + ROUND_MS;
    const points: number[] = [];
    while (open.batches < 2 || (open.batches < goal && performance.now() < end)) {
      const isShown = open.batches < MOST_POINTS;
      const estimates = open.draw();
      if (isShown) for (const one of estimates) points.push(...this.placed(one));
    }
    const shown = Float32Array.from(points);
    const found = open.result().map((measurement, i) => this.foundBy(measurement, this.targets[i]));
    const measured = { batches: open.batches, found, points: shown };
    this.post({ type: "measured", id: this.id, measured }, [shown.buffer]);
    this.timer = setTimeout(this.round, PAUSE_MS);
  };

  private placed(vector: Float64Array): [along: number, across: number] {
    return [inner(vector, this.axes.along), inner(vector, this.axes.across)];
  }

  private foundBy({ sampled, agreement }: Measurement, target: Float64Array): Found {
    if (sampled === undefined) throw new Error("Nothing was drawn.");
    const { mean, variance, z, batches } = sampled;
    return {
      biasSquared: Math.max(0, squaredDistance(mean, target) - variance / batches),
      variance,
      cosine: cosineOf(mean, target),
      mean: this.placed(mean),
      z,
      agreement,
    };
  }
}

function openedOf(measured: readonly Measurement[], targets: readonly Float64Array[], axes: ScatterAxes): Opened {
  return {
    target: measured[0].prediction.target,
    length: Math.sqrt(inner(targets[0], targets[0])),
    isFlat: inner(axes.across, axes.across) === 0,
    rows: measured.map(({ estimator, prediction, exact }, i): EstimatorRow => {
      const mean = prediction.mean ?? exact?.mean;
      return {
        name: estimator.name,
        summary: estimator.summary,
        target: prediction.target,
        says: prediction.says,
        expected: mean && {
          biasSquared: squaredDistance(mean, targets[i]),
          variance: prediction.variance ?? exact?.variance,
        },
        isEnumerated: prediction.mean === undefined && exact !== undefined,
      };
    }),
  };
}

function inner(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, k) => sum + value * b[k], 0);
}

function squaredDistance(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, k) => sum + (value - b[k]) ** 2, 0);
}

function cosineOf(a: Float64Array, b: Float64Array): number {
  return inner(a, b) / Math.sqrt(inner(a, a) * inner(b, b));
}
