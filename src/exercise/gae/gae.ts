import type { Exercise } from "../exercise.js";
import { learnsCartPole } from "../training.js";
import { advantageTests } from "./advantages.js";
import type { GaeAnswer } from "./answer.js";
import { gaeUpdateTests } from "./update.js";

const written = ["deltas", "gae", "valueTargets", "update"];

/** Generalised advantage estimation. */
export const gae: Exercise<GaeAnswer> = {
  name: "gae",
  summary: "advantages between one step and the whole return",
  functions: [...written, "train"],
  tests: [...advantageTests, ...gaeUpdateTests, learnsCartPole(written, { episodes: 600, best: 195, lastMean: 150 })],
};
