/**
 * T5: the whole of learning from preferences. A language model of reviews writes pairs, labels are drawn by a known score, a reward
 * model learns them, and RLOO learns from the reward model. Twice: with a guard, which gives −1 to a review that is too short or
 * does not end, and a price of divergence; and with neither, where the policy finds out what the reward model did not learn.
 */
import { createLearner, drawRollouts, gptPolicy, rloo, sentiment } from "../../dist/language/index.js";
import { defaultRng } from "../../dist/random/index.js";
import { wilsonInterval } from "../../dist/sweeps/index.js";
import { copyOf, learnLanguage, mean, processorSeconds, writer } from "./pipeline.mjs";
import { judge, learnRewards } from "./preferences.mjs";

const settings = {
  language: { steps: 800, batch: 64, learningRate: 3e-3 },
  pairs: 2048,
  learning: { epochs: 2, batch: 32, learningRate: 1e-3 },
  policy: {
    updates: 60,
    warmupUpdates: 6,
    prompts: 16,
    options: { samplesPerPrompt: 4, learningRate: 5e-4, finalLearningRate: 0.1 },
  },
  guarded: { isGuarded: true, beta: 0.15 },
  unguarded: { isGuarded: false, beta: 0, learningRate: 1e-3 },
  shortest: 30,
  judgedOn: 512,
};

export function reviews(seeds) {
  const figures = seeds.map(pipeline);
  const of = (read) => figures.map(read);
  const share = ({ reference, guarded }) => guarded.valid / reference.valid;
  const collapse = ({ reference, unguarded }) =>
    Math.min(unguarded.valid / reference.valid, unguarded.length / reference.length);
  const checks = [
    { what: "gold score", values: of((f) => f.guarded.gold), atLeast: 1.4, needed: 4 },
    { what: "valid reviews, as a share of the reference's", values: of(share), atLeast: 0.8, needed: 4 },
    { what: "KL of a review, in nats", values: of((f) => f.guarded.kl), atMost: 8, needed: 4 },
    { what: "wins against the reference", values: of((f) => f.guarded.wins), atLeast: 0.8, needed: 4 },
    {
      what: "without the guard: validity or length against the reference's",
      values: of(collapse),
      atMost: 0.8,
      needed: 4,
    },
    {
      what: "without the guard: reward gained",
      values: of((f) => f.unguarded.reward - f.reference.reward),
      atLeast: 0.5,
      needed: 4,
    },
    { what: "seconds of the clock of both", values: of((f) => f.seconds), atMost: 180 },
  ];
  return { settings, checks, figures };
}

/** Good judgements minus bad ones of two samples: 1 for a win, ½ for a draw. */
const won = (a, b) => (Math.sign(a - b) + 1) / 2;

function pipeline(seed) {
  const before = process.cpuUsage();
  const clock = performance.now();
  const spent = {};
  const part = (name, work) => {
    const start = process.cpuUsage();
    const result = work();
    spent[name] = Number(processorSeconds(start).toFixed(1));
    return result;
  };
  const rng = defaultRng(seed);
  const language = writer(sentiment, rng);
  const { special, promptOf, sequenceOf, sampleOf } = language;
  const losses = part("language", () => learnLanguage(language, sentiment, settings.language, rng));
  const reference = language.policy;
  const draw = (policy, prompts) => policy.sample(prompts, special, rng).map(sampleOf);
  const promptsOf = (count) => Array.from({ length: count }, () => promptOf(sentiment.prompt(rng)));
  const pairsOf = (count) => {
    const prompts = promptsOf(count);
    const [first, second] = [draw(reference, prompts), draw(reference, prompts)];
    return first.map((a, i) => [a, second[i]]);
  };
  const made = part("rewards", () => learnRewards(language, pairsOf(settings.pairs), settings, rng));
  const judged = judge(made, pairsOf(512), sequenceOf);
  made.normaliseOn(draw(reference, promptsOf(256)).map(sequenceOf));
  const fresh = promptsOf(settings.judgedOn);
  const byReference = draw(reference, fresh);
  const standing = (policy) => {
    const drawing = { policy, reference, samplesPerPrompt: 1, sampling: special, rng };
    const { sequences, logProbs, referenceLogProbs } = drawRollouts(fresh, drawing, () => 0);
    const samples = sequences.map(sampleOf);
    const wins = mean(samples.map((sample, i) => won(sentiment.gold(sample), sentiment.gold(byReference[i]))));
    const [low, high] = wilsonInterval(Math.round(wins * fresh.length), fresh.length);
    return {
      reward: mean(made.score(sequences)),
      gold: mean(samples.map(sentiment.gold)),
      valid: mean(samples.map((sample) => Number(sample.ended && sentiment.isValid(sample)))),
      length: mean(samples.map(({ prompt, response }) => prompt.length + response.length)),
      kl: logProbs.reduce((sum, l, t) => sum + l - referenceLogProbs[t], 0) / sequences.length,
      wins,
      interval: [low, high],
      some: samples.slice(0, 4).map(({ prompt, response }) => prompt + response),
    };
  };
  const learnedWith = ({ isGuarded, ...own }) => {
    const policy = gptPolicy(copyOf(language.model));
    const { updates, warmupUpdates, prompts, options } = settings.policy;
    const learner = createLearner(rloo, {
      policy,
      reference,
      options: { ...options, ...own, warmup: warmupUpdates / updates },
      rng,
    });
    const drawing = { policy, reference, samplesPerPrompt: options.samplesPerPrompt, sampling: special, rng };
    for (let update = 0; update < updates; update++) {
      const rollouts = drawRollouts(promptsOf(prompts), drawing, () => 0);
      const { sequences } = rollouts;
      const scores = made.score(sequences).map((score, i) => (isGuarded && !fits(sampleOf(sequences[i])) ? -1 : score));
      learner.update({ ...rollouts, scores }, update / updates);
    }
    return standing(policy);
  };
  const figures = {
    seed,
    languageLoss: losses.at(-1),
    rewardModel: judged,
    reference: standing(reference),
    guarded: part("guarded", () => learnedWith(settings.guarded)),
    unguarded: part("unguarded", () => learnedWith(settings.unguarded)),
  };
  return { ...figures, spent, processorSeconds: processorSeconds(before), seconds: (performance.now() - clock) / 1000 };
}

function fits({ prompt, response, ended }) {
  return ended && prompt.length + response.length >= settings.shortest;
}
