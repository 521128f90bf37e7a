/** Advantages are normalised in each minibatch, as many programs do. */
import type { Generator } from "ascent/random";
import { judged, type Learner, normalise, pick, type Settings, type Steps } from "../solution.js";
import { pass } from "./parts/pass.js";

export function update(learner: Learner, steps: Steps, settings: Settings, rng: Generator): void {
  const judgement = judged(learner.critic, steps, settings);
  const chosen = (advantages: readonly number[], rows: readonly number[]): number[] =>
    normalise(pick(advantages, rows));
  for (let epoch = 0; epoch < settings.epochs; epoch++) pass(learner, steps, judgement, settings, rng, { chosen });
}
