import type { Series } from "../plot/series.js";
import { type Axis, placeOf, placesOfEpisodes } from "../report/axis.js";
import { Sample } from "../report/sample.js";
import type { Update } from "../training/types.js";

/** The most points that are visible. */
const MOST = 4000;

/** The returns of episodes and their running mean. They are thinned as they arrive, so a long run is drawn as fast as a short one. */
export class LearningCurve {
  private readonly axis: Axis;
  private readonly episodes: Sample = new Sample(MOST);
  private readonly averages: Sample = new Sample(MOST);
  private steps = 0;

  constructor(axis: Axis) {
    this.axis = axis;
  }

  add(update: Update): void {
    const { axis } = this;
    this.averages.add(placeOf(update, axis), update.averageReturn);
    const places = placesOfEpisodes(update, axis, this.steps);
    this.steps = update.steps;
    for (let i = 0; i < places.length; i++) this.episodes.add(places[i], update.returns[i]);
  }

  /** Pale dots for the episodes, a line for the mean. */
  series(): [returns: Series, averages: Series] {
    const { episodes, averages } = this;
    return [
      { label: "episode", x: episodes.x, y: episodes.y, faint: true, colour: "#7f8c9b" },
      { label: "mean of the last 100", x: averages.x, y: averages.y, colour: "#3b82c4" },
    ];
  }
}
