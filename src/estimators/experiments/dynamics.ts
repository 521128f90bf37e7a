/** The dynamics drop out of the score, and only of the score. */

import { defaultRng } from "../../random/index.js";
import { chain } from "../chain.js";
import { objectiveSlope, probabilityOf, type Rules, sameScores, scoreGap, WATCHED, watchedChain } from "../dynamics.js";
import { momentsOf } from "../enumerate.js";
import { allEpisodes, type Episode, type EpisodeBatch, returnOf } from "../episodes.js";
import { estimate } from "../estimator.js";
import { estimatorNamed } from "../estimators.js";
import { sampled } from "../sample.js";
import { type Setting, settingOf } from "../setting.js";
import { claimed, type Experiment, type Finding, predicted } from "./experiment.js";

/** Differences are right to this. */
const BY_DIFFERENCES = 1e-8;
/** z beyond which a world is said to differ, and batches of so many episodes that the watched chain reaches it. */
const CLEARLY = 5;
const BATCHES = 2000;

const whole = estimatorNamed("whole");

/** Fixed rules, rules that react to the policy, and samples from other rules than those of the objective. */
export const dynamics: Experiment = {
  name: "dynamics",
  summary: "a world's rules drop out of the score, unless they react to the policy",
  world: "chain",

  run(_, { seed }) {
    const setting = settingOf(chain());
    const slippery = settingOf(chain(0.5));
    const episodes = allEpisodes(setting) ?? [];
    const sameBits = sameScores(setting, slippery, episodes);
    return [
      predicted("episodes with the same score, to the bit, under other rules", sameBits, episodes.length, 0),
      ...trusted(setting, () => chain(), "fixed rules", seed, {
        reacts: false,
        scoreGap: 0,
        gap: 0,
      }),
      ...trusted(setting, watchedChain, "a world that reacts", seed, {
        reacts: true,
        // ∂q/∂logit over the smaller of q and 1 − q
        scoreGap: (WATCHED * setting.policy[0] * setting.policy[1]) / 0.25,
        gap: reactionShare(setting, episodes),
      }),
      ...otherRules(setting, slippery),
    ];
  },
};

/** What the score function says, and what is true, in the first logit. */
function trusted(
  setting: Setting,
  rules: Rules,
  name: string,
  seed: number | bigint,
  theory: { readonly reacts: boolean; readonly scoreGap: number; readonly gap: number },
): Finding[] {
  const { logits } = setting.world;
  const worst = scoreGap(rules, setting, allEpisodes(setting) ?? []);
  const truth = objectiveSlope(rules, logits);
  const [{ mean }] = momentsOf([(batch) => estimate(whole, setting, batch)], setting, 1);
  const direction = Float64Array.from(truth, (_, k) => Number(k === 0));
  const reference = { estimator: whole, mean: truth, target: truth, direction };
  const drawn = { episodes: 4, batches: BATCHES, rng: defaultRng(seed) };
  const [{ z }] = sampled([reference], setting, drawn);
  return [
    predicted(`${name}: largest difference of ∇log P(τ) from the score`, worst, theory.scoreGap, BY_DIFFERENCES),
    predicted(`${name}: ∂J/∂logit, by differences of J`, truth[0], mean[0] + theory.gap, BY_DIFFERENCES),
    claimed(
      `${name}: z of ${4 * BATCHES} drawn episodes against that`,
      z,
      theory.reacts ? Math.abs(z) > CLEARLY : Math.abs(z) < CLEARLY,
    ),
  ];
}

/** E[∂log q/∂logit · G]: what the score function leaves out of the first logit. */
function reactionShare(setting: Setting, episodes: readonly Episode[]): number {
  const slope = WATCHED * setting.policy[0] * setting.policy[1];
  return episodes.reduce((sum, episode) => {
    if (episode.states[0] !== 0 || episode.actions[0] !== 0) return sum;
    const share = episode.states[1] === 1 ? slope / 0.75 : -slope / 0.25;
    return (
      sum + probabilityOf(setting.world, setting.world.logits, episode) * share * returnOf(episode, setting.world.gamma)
    );
  }, 0);
}

/** Samples from a world with more slip: the gradient there, which the ratio of the probabilities turns into ours. */
function otherRules(setting: Setting, slippery: Setting): Finding[] {
  const reweighted = (batch: EpisodeBatch): Float64Array => {
    const episode = { ...batch, states: [...batch.states, ...batch.finalStates], rewards: [...batch.rewards] };
    const [ours, theirs] = [setting, slippery].map(({ world }) => probabilityOf(world, world.logits, episode));
    return estimate(whole, setting, batch).map((slope) => (slope * ours) / theirs);
  };
  const [plain, repaired] = momentsOf([(batch) => estimate(whole, setting, batch), reweighted], slippery, 1);
  return [
    predicted("samples from a more slippery chain: mean of the estimates", plain.mean[0], slippery.gradient[0]),
    predicted("the same, each times P(τ) here over P(τ) there", repaired.mean[0], setting.gradient[0]),
  ];
}
