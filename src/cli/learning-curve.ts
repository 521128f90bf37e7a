import type { Series } from "../plot/series.js";
import { type Axis, placeOf, placesOfEpisodes } from "../report/axis.js";
import type { Update } from "../training/types.js";

/** The most points that are visible. Above it, every second point is dropped, and from then on every second new one. */
const MOST = 4000;

/** The returns of episodes and their running mean. They are thinned as they arrive, so a long run is drawn as fast as a short one. */
export class LearningCurve {
  private readonly axis: Axis;
  private readonly episodes: Points = { x: [], y: [] };
  private readonly averages: Points = { x: [], y: [] };
  private every = 1;
  private steps = 0;

  constructor(axis: Axis) {
    this.axis = axis;
  }

  add(update: Update): void {
    const { axis, every } = this;
    if (update.update % every === 0) {
      this.averages.x.push(placeOf(update, axis));
      this.averages.y.push(update.averageReturn);
    }
    const places = placesOfEpisodes(update, axis, this.steps);
    this.steps = update.steps;
    update.returns.forEach((value, i) => {
      if ((update.episodes - update.returns.length + 1 + i) % every !== 0) return;
      this.episodes.x.push(places[i]);
      this.episodes.y.push(value);
    });
    if (Math.max(this.episodes.x.length, this.averages.x.length) <= MOST) return;
    this.every *= 2;
    for (const points of [this.episodes, this.averages]) halve(points);
  }

  /** Pale dots for the episodes, a line for the mean. */
  series(): [returns: Series, averages: Series] {
    return [
      { label: "episode", ...this.episodes, faint: true, colour: "#7f8c9b" },
      { label: "mean of the last 100", ...this.averages, colour: "#3b82c4" },
    ];
  }
}

interface Points {
  x: number[];
  y: number[];
}

function halve(points: Points): void {
  const half = (values: number[]): number[] => values.filter((_, i) => i % 2 === 1);
  [points.x, points.y] = [half(points.x), half(points.y)];
}
