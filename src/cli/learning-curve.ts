import type { Series } from "../plot/series.js";
import type { Update } from "../training.js";

/** More points than this show nothing more; then every second one is dropped, of the old and of those to come. */
const MOST = 4000;

/** The returns of episodes and their running mean, thinned as they come, so that a long run is drawn as fast as a short one. */
export class LearningCurve {
  private episodes: number[] = [];
  private returns: number[] = [];
  private updates: number[] = [];
  private averages: number[] = [];
  private every = 1;

  add({ update, episodes, returns, averageReturn }: Update): void {
    if (update % this.every === 0) {
      this.updates.push(episodes);
      this.averages.push(averageReturn);
    }
    returns.forEach((value, i) => {
      const episode = episodes - returns.length + 1 + i;
      if (episode % this.every !== 0) return;
      this.episodes.push(episode);
      this.returns.push(value);
    });
    if (Math.max(this.episodes.length, this.updates.length) <= MOST) return;
    this.every *= 2;
    const half = (values: number[]): number[] => values.filter((_, i) => i % 2 === 1);
    [this.episodes, this.returns] = [half(this.episodes), half(this.returns)];
    [this.updates, this.averages] = [half(this.updates), half(this.averages)];
  }

  /** Pale dots for the episodes, a line for the mean. */
  series(): [returns: Series, averages: Series] {
    return [
      { label: "episode", x: this.episodes, y: this.returns, faint: true, colour: "#7f8c9b" },
      { label: "mean of the last 100", x: this.updates, y: this.averages, colour: "#3b82c4" },
    ];
  }
}
