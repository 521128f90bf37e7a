/**
 * PPO on tokens, as in RLHF (Ziegler et al. 2019, arXiv:1909.08593; Ouyang et al. 2022, arXiv:2203.02155). A token is an action and
 * a response an episode:
 *
 *   rₜ = −β ln (π_old(yₜ)/ref(yₜ)), and the score of the response is added at its last token
 *   A by GAE(λ) over the tokens of a response, G = A + V_old      ρ = π(yₜ)/π_old(yₜ)
 *   L = −E[min(ρA, clip(ρ, 1 − ε, 1 + ε)·A)] + c·E[(V − G)²]
 *
 * These are the functions of the control algorithms: `gae`, `normalise`, `clippedSurrogate`, `valueError`.
 *
 * Choices that change results; `trainers.test.ts` pins each by its number:
 *   1. V_old, A and G are computed once for each batch of responses, before its first gradient step. After the last token
 *      nothing follows, whether the response ended by itself or was cut: V is 0 there.
 *   2. The score stands at the last token, which is the end where there is one.
 *   3. G is computed before A is scaled to mean 0 and deviation 1 over all tokens of the batch (n − 1 in the denominator).
 *   4. The value loss is the larger of the squared error and that of V clipped to V_old ± ε, without a factor of ½.
 *   5. With a target, β follows the divergence of responses: β ← β·(1 + clip(KL/target − 1, ±0.2)·B/horizon), after each batch of B
 *      responses, by the mean KL of that batch.
 *   6. The value head is 0 at first, Adam's ε is 1e-5, and the gradient of policy and value together is limited.
 */

import { Averages } from "../../algorithms/averages.js";
import { limitGradient } from "../../algorithms/limit-gradient.js";
import { adam } from "../../optim/index.js";
import { flag, int, real } from "../../options.js";
import { explainedVariance } from "../../rollout/explained-variance.js";
import { normalise } from "../../rollout/normalise.js";
import { gae } from "../../rollout/returns.js";
import { clippedSurrogate, full, tensor, valueError, weightedSum } from "../../tensor/index.js";
import { valuesOf } from "../critic.js";
import { bySequence, inParts, klByToken, picked, type Rollouts } from "../rollouts.js";
import type { TokenRows } from "../sequences.js";
import { rateOf } from "./learning-rate.js";
import { trainerOn } from "./trainer.js";
import * as shared from "./trainer-options.js";

const options = {
  samplesPerPrompt: shared.samplesPerPrompt(1, 1),
  beta: shared.beta(0.1),
  targetKl: real(0, { min: 0, help: "nats of divergence by response that β is steered to. 0: β stays" }),
  horizon: int(10_000, { min: 1, help: "responses in which β can change by a factor of about 1.2" }),
  gamma: real(1, { min: 0, max: 1, help: "discount per token" }),
  lambda: real(0.95, { min: 0, max: 1, help: "λ of the advantages: 0 trusts the critic, 1 the rewards" }),
  normaliseAdvantages: flag(true, { help: "bring advantages to mean 0 and deviation 1 over the batch" }),
  epochs: shared.epochs(4),
  minibatchSize: shared.minibatchSize(1_000_000),
  clipRange: shared.clipRange(0.2),
  clipValues: flag(true, { help: "keep new values within the clip range of the old ones" }),
  valueCoefficient: real(0.1, { min: 0, help: "weight of the values' mean square error" }),
  ...shared.rateOptions(3e-4),
  maxGradNorm: shared.maxGradNorm(1),
};

/** How far β moves in one update, at most. */
const LARGEST_ERROR = 0.2;

/** Proximal policy optimisation on tokens. */
export const ppo = trainerOn<Rollouts>()({
  name: "ppo",
  summary: "proximal policy optimisation on tokens, with a critic and the divergence from the reference in the reward",
  options,

  create({ policy, critic, options, updates, rng }) {
    const parameters = [...policy.parameters(), ...critic.parameters()];
    const rate = rateOf(options, updates);
    const optimizer = adam(parameters, { learningRate: rate(0), eps: 1e-5 });
    const { gamma, lambda, targetKl, clipRange } = options;
    const beta = full([], options.beta);
    return {
      weights: parameters,
      optimizers: [optimizer],
      control: new Map([["beta", beta]]),
      get beta() {
        return beta.item();
      },
      set beta(value) {
        beta.set([value]);
      },
      update(rollouts, progress) {
        const { rows, scores, temperature } = rollouts;
        const { segments } = rows;
        const cost = beta.item();
        const rewards = klByToken(rollouts, "k1").map((kl) => -cost * kl);
        segments.forEach(({ end }, i) => {
          rewards[end - 1] += scores[i];
        });
        const passOn = (rows: TokenRows) => {
          const pass = policy.forward(rows, temperature);
          return { ...pass, values: critic.values(rows, pass) };
        };
        // If the first gradient step sees all responses, it goes on from the pass that the old values come from.
        let first = options.minibatchSize >= rows.rows ? passOn(rows) : undefined;
        const V =
          first === undefined ? valuesOf(critic, policy, rows, temperature) : Float64Array.from(first.values.toArray());
        const advantages = gae(rewards, V, segments, { gamma, lambda, finalValues: new Float64Array(segments.length) });
        const returns = advantages.map((advantage, t) => advantage + V[t]);
        if (options.normaliseAdvantages) normalise(advantages);

        optimizer.learningRate = rate(progress);
        const averages = new Averages();
        for (let epoch = 0; epoch < options.epochs; epoch++) {
          for (const part of inParts(rollouts, options.minibatchSize, rng)) {
            const of = (numbers: Float64Array) => tensor(picked(numbers, part.tokens));
            const pass = first ?? passOn(part.rows);
            first = undefined;
            const { gain, klK1, klK3, clipFraction } = clippedSurrogate(
              pass.logProbs,
              of(rollouts.logProbs),
              of(advantages),
              clipRange,
            );
            const clip = options.clipValues ? { old: of(V), clipRange } : undefined;
            const error = valueError(pass.values, of(returns), clip);
            const entropy = pass.entropies.detach().mean().item();
            const loss = weightedSum([-1, gain], [options.valueCoefficient, error]);
            optimizer.zeroGrad();
            loss.backward();
            const gradientNorm = limitGradient(parameters, options.maxGradNorm);
            optimizer.step(gradientNorm);
            averages.add({
              loss: loss.item(),
              entropy,
              gradientNorm,
              valueLoss: error.item(),
              klK1,
              klK3,
              clipFraction,
            });
          }
        }
        if (targetKl > 0) {
          const kl = bySequence(rows, klByToken(rollouts, "k1"));
          const mean = kl.reduce((a, b) => a + b, 0) / kl.length;
          const error = Math.max(-LARGEST_ERROR, Math.min(LARGEST_ERROR, mean / targetKl - 1));
          beta.set([cost * (1 + (error * kl.length) / options.horizon)]);
        }
        return {
          ...averages.means("loss", "entropy", "gradientNorm", "valueLoss", "klK1", "klK3", "clipFraction"),
          learningRate: optimizer.learningRate,
          explainedVariance: explainedVariance(V, returns),
          beta: cost,
        };
      },
    };
  },
});
