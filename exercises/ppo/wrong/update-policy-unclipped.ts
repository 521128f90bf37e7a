/** Only the critic's gradient is scaled down. */
import { clipGradNorm } from "ascent/optim";
import type { Generator } from "ascent/random";
import { judged, type Learner, type Settings, type Steps } from "../solution.js";
import { pass } from "./parts/pass.js";

export function update(learner: Learner, steps: Steps, settings: Settings, rng: Generator): void {
  const judgement = judged(learner.critic, steps, settings);
  const clipped = ({ critic }: Learner): number => clipGradNorm(critic.parameters(), 0.5);
  for (let epoch = 0; epoch < settings.epochs; epoch++) pass(learner, steps, judgement, settings, rng, { clipped });
}
