/**
 * T3: a reward model from labels that are drawn with a known probability, σ(2·(g(a) − g(b))) for the gold score g. So the best
 * possible accuracy is known, and whether the probabilities that the model gives are right can be computed without labels.
 */
import { createRewardLearner, rewardModel, sentiment } from "../../dist/language/index.js";
import { defaultRng } from "../../dist/random/index.js";
import { rankCorrelation } from "../../dist/sweeps/index.js";
import { copyOf, learnLanguage, mean, writer } from "./pipeline.mjs";

const settings = {
  language: { steps: 200, batch: 32, learningRate: 3e-3 },
  pairs: 2048,
  labels: 2,
  learning: { epochs: 4, batch: 32, learningRate: 1e-3, finalLearningRate: 1, averaged: 0.75 },
  heldOut: 1024,
  bins: 10,
};

export function preferences(seeds) {
  const figures = seeds.map((seed) => {
    const rng = defaultRng(seed);
    const language = writer(sentiment, rng);
    const losses = learnLanguage(language, sentiment, settings.language, rng);
    const { sequenceOf } = language;
    const pairOf = () => {
      const a = sentiment.example(rng);
      // Another review that begins alike.
      let b = sentiment.example(rng);
      while (b.prompt !== a.prompt) b = sentiment.example(rng);
      return [a, b];
    };
    const made = learnRewards(language, Array.from({ length: settings.pairs }, pairOf), settings, rng);
    const judged = judge(made, Array.from({ length: settings.heldOut }, pairOf), sequenceOf);
    return { seed, languageLoss: losses.at(-1), ...judged };
  });
  const of = (read) => figures.map(read);
  const checks = [
    {
      what: "accuracy that is missing to the best possible one",
      values: of((f) => f.ceiling - f.accuracy),
      atMost: 0.05,
    },
    { what: "rank correlation with the truth", values: of((f) => f.correlation), atLeast: 0.85 },
    { what: "calibration error", values: of((f) => f.calibrationError), atMost: 0.05 },
  ];
  return { settings, checks, figures };
}

/** The probability that a is labelled as the better one. */
export function preferred(a, b) {
  return sigmoid(settings.labels * (sentiment.gold(a) - sentiment.gold(b)));
}

/** A reward model on a copy of a language model, from pairs of samples. Labels are drawn here. */
export function learnRewards({ model, special, sequenceOf }, pairs, { learning: { epochs, batch, ...options } }, rng) {
  const made = rewardModel(copyOf(model), special, rng);
  const labelled = pairs.map(([a, b]) => {
    const [chosen, rejected] = (rng.random() < preferred(a, b) ? [a, b] : [b, a]).map(sequenceOf);
    return { prompt: chosen.prompt, chosen: chosen.response, rejected: rejected.response };
  });
  const steps = (epochs * labelled.length) / batch;
  // Without averages nobody needs to know the number of steps, and T5 has its warm-up from 0.
  const updates = options.averaged === undefined ? undefined : steps;
  const learner = createRewardLearner(made, { options, rng, updates });
  let order = [];
  for (let step = 0; step < steps; step++) {
    if (order.length < batch) order = [...rng.permutation(labelled.length)];
    learner.update({ pairs: order.splice(0, batch).map((i) => labelled[i]), special }, step / steps);
  }
  return made;
}

/** What a reward model says of pairs that it has not seen, by the probabilities of their labels rather than by labels. */
export function judge(made, pairs, sequenceOf) {
  const [first, second] = [0, 1].map((side) => made.score(pairs.map((pair) => sequenceOf(pair[side]))));
  const p = pairs.map(([a, b]) => preferred(a, b));
  const accuracy = mean(p.map((x, i) => (first[i] > second[i] ? x : 1 - x)));
  const ceiling = mean(p.map((x) => Math.max(x, 1 - x)));
  const bins = Array.from({ length: settings.bins }, () => ({ count: 0, said: 0, right: 0 }));
  p.forEach((right, i) => {
    const said = sigmoid(first[i] - second[i]);
    const bin = bins[Math.min(settings.bins - 1, Math.floor(said * settings.bins))];
    bin.count++;
    bin.said += said;
    bin.right += right;
  });
  const calibrationError = bins.reduce((sum, bin) => sum + Math.abs(bin.said - bin.right), 0) / pairs.length;
  const correlation = rankCorrelation(
    [...first],
    pairs.map(([a]) => sentiment.gold(a)),
  );
  return { accuracy, ceiling, correlation, calibrationError };
}

function sigmoid(x) {
  return 1 / (1 + Math.exp(-x));
}
