/**
 * T6: a labeller sees 60 cards, each with two reviews, and says which one is better; a tenth of what is said is wrong. A reward model
 * learns from that, and PPO from the reward model. Cards are chosen at random, or in rounds as those on which the reward models of the
 * cards so far are least sure: the margin of one is nearest to 0 (`margin`), or four of them disagree most (`disagreement`).
 *
 *   node bench/language/tasks.mjs --only T6
 */
import { readFileSync } from "node:fs";
import {
  assess,
  createRewardLearner,
  readLanguageModel,
  rewardModel,
  sentiment,
  trainLanguage,
} from "../../dist/language/index.js";
import { defaultRng } from "../../dist/random/index.js";
import { rankCorrelation } from "../../dist/sweeps/index.js";
import { copyOf, mean } from "./pipeline.mjs";

const settings = {
  cards: 60,
  noise: 0.1,
  rounds: 6,
  /** Pairs that a round chooses from, for each card. */
  candidates: 8,
  models: 4,
  learning: { epochs: 12, batch: 10, learningRate: 1e-3 },
  choices: ["random", "margin", "disagreement"],
  judgedOn: 512,
};
const shipped = readFileSync(new URL("../../models/sentiment.safetensors", import.meta.url));
const reference = readLanguageModel(shipped);
const { tokenizer } = reference;

export function cards(seeds) {
  const figures = seeds.map((seed) => ({
    seed,
    ...Object.fromEntries(settings.choices.map((how) => [how, run(seed, how)])),
  }));
  const gold = (how) => figures.map((figure) => figure[how].gold);
  const checks = [
    { what: "gold score, cards by disagreement", values: gold("disagreement"), atLeast: 1 },
    // Nothing is asked of the other two: they are what it is compared with.
    { what: "gold score, cards at random", values: gold("random"), atLeast: 1, needed: 0 },
    { what: "gold score, cards by margin", values: gold("margin"), atLeast: 1, needed: 0 },
  ];
  return { settings, checks, figures };
}

function run(seed, how) {
  const preferences = asked(seed, how);
  const { epochs, batch, learningRate } = settings.learning;
  const pipeline = { pairEpochs: epochs, pairBatch: batch, pairLearningRate: learningRate };
  const run = trainLanguage({ task: "sentiment", from: shipped, seed, preferences, pipeline });
  for (const _ of run);
  const { before, after, winRate } = assess(
    { task: sentiment, model: run.model, reference: run.reference },
    { prompts: settings.judgedOn },
  );
  const fresh = written(128, defaultRng(5_000_000 + seed)).flat();
  const correlation = rankCorrelation([...run.score(fresh)], fresh.map(sentiment.gold));
  return { before: before.gold, gold: after.gold, valid: after.valid, kl: after.kl, winRate, correlation };
}

/** The answers on all cards. */
function asked(seed, how) {
  const rng = defaultRng(seed);
  const each = settings.cards / settings.rounds;
  const answers = [];
  for (let round = 0; round < settings.rounds; round++) {
    const pairs = written(each * settings.candidates, rng);
    const doubt = how === "random" || round === 0 ? undefined : doubts(how, answers, pairs, defaultRng([seed, round]));
    const order = pairs.map((_, i) => i);
    if (doubt !== undefined) order.sort((a, b) => doubt[b] - doubt[a] || a - b);
    for (const i of order.slice(0, each)) answers.push(answer(pairs[i], rng));
  }
  return answers;
}

/** Two reviews by the reference to each of so many prompts. */
function written(count, rng) {
  const prompts = Array.from({ length: count }, () => sentiment.prompt(rng)).flatMap((prompt) => [prompt, prompt]);
  const all = reference.write(prompts, {}, rng);
  return Array.from({ length: count }, (_, i) => [all[2 * i], all[2 * i + 1]]);
}

function answer([a, b], rng) {
  const first = rng.random() < 1 / (1 + Math.exp(-2 * (sentiment.gold(a) - sentiment.gold(b))));
  const isWrong = rng.random() < settings.noise;
  const [chosen, rejected] = first === isWrong ? [b, a] : [a, b];
  return { prompt: a.prompt, chosen: chosen.response, rejected: rejected.response };
}

/** How unsure the models of the answers so far are about each pair. */
function doubts(how, answers, pairs, rng) {
  const models = Array.from({ length: how === "margin" ? 1 : settings.models }, () => learned(answers, rng));
  const margins = models.map((model) => {
    const scores = model.score(pairs.flat().map(sequenceOf));
    return pairs.map((_, i) => scores[2 * i] - scores[2 * i + 1]);
  });
  return pairs.map((_, i) => {
    const own = margins.map((of) => of[i]);
    if (how === "margin") return -Math.abs(own[0]);
    const sure = own.map((m) => 1 / (1 + Math.exp(-m)));
    return mean(sure.map((p) => (p - mean(sure)) ** 2));
  });
}

function learned(answers, rng) {
  const { epochs, batch, learningRate } = settings.learning;
  const model = rewardModel(copyOf(reference.gpt), tokenizer, rng);
  const steps = epochs * Math.ceil(answers.length / batch);
  const learner = createRewardLearner(model, { options: { learningRate }, rng, updates: steps });
  const ids = (text) => [...tokenizer.encode(text, { special: true }), tokenizer.end];
  const { context } = reference.gpt.config;
  const pairs = answers.map(({ prompt, chosen, rejected }) => {
    const given = tokenizer.encode(prompt);
    return {
      prompt: given,
      chosen: ids(chosen).slice(0, context - given.length),
      rejected: ids(rejected).slice(0, context - given.length),
    };
  });
  let order = [];
  for (let step = 0; step < steps; step++) {
    if (order.length === 0) order = [...rng.permutation(pairs.length)];
    learner.update({ pairs: order.splice(0, batch).map((i) => pairs[i]), special: tokenizer }, step / steps);
  }
  return model;
}

function sequenceOf({ prompt, ids }) {
  return { prompt: tokenizer.encode(prompt), response: ids };
}
