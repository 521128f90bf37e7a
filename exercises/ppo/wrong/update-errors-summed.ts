/** The critic's errors are added up. */
import type { Generator } from "ascent/random";
import { judged, type Learner, type Settings, type Steps } from "../solution.js";
import { pass } from "./parts/pass.js";

export function update(learner: Learner, steps: Steps, settings: Settings, rng: Generator): void {
  const judgement = judged(learner.critic, steps, settings);
  for (let epoch = 0; epoch < settings.epochs; epoch++)
    pass(learner, steps, judgement, settings, rng, { criticWeight: (rows) => rows });
}
