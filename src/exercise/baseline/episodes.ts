import { someEpisodes as played } from "../reinforce/episodes.js";
import type { Episode } from "./answer.js";

/** An episode that a time limit cut off, and one that reached a terminal state. */
export const someEpisodes: readonly Episode[] = [
  { ...played[0], last: Float32Array.of(0.6, 0.1), terminated: false },
  { ...played[1], last: Float32Array.of(-0.2, 0.3), terminated: true },
];
