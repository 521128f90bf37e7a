/** Advantages and targets anew in each pass. */
import type { Generator } from "ascent/random";
import { judged, type Learner, type Settings, type Steps } from "../solution.js";
import { pass } from "./parts/pass.js";

export function update(learner: Learner, steps: Steps, settings: Settings, rng: Generator): void {
  for (let epoch = 0; epoch < settings.epochs; epoch++)
    pass(learner, steps, judged(learner.critic, steps, settings), settings, rng);
}
