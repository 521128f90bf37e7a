/** T4: sort six digits. A short supervised start, and then only a program that says whether an answer is right. */
import { createLearner, digitTask, drawRollouts, gptPolicy, grpo, lastDigitOnly } from "../../dist/language/index.js";
import { defaultRng } from "../../dist/random/index.js";
import { copyOf, learnLanguage, mean, processorSeconds, writer } from "./pipeline.mjs";

const settings = {
  // The learning rate stays: where it had fallen, the first updates of GRPO undid more than they taught.
  start: { steps: 55, batch: 64, learningRate: 1e-3, finalLearningRate: 1 },
  learning: {
    updates: 220,
    warmupUpdates: 20,
    prompts: 32,
    temperature: 0.7,
    options: {
      samplesPerPrompt: 8,
      beta: 0,
      epochs: 2,
      clipHigher: 0.28,
      weighting: "token",
      learningRate: 1e-3,
      finalLearningRate: 0.1,
    },
  },
  fooled: { updates: 60 },
  hopeless: { steps: 20, updates: 20, temperature: 1 },
  judgedOn: 512,
};

const task = digitTask("sort");
/** The right answer with an end. */
const verified = (sample) => Number(sample.ended && task.gold(sample) === 1);
/** An end behind the right last digit, whatever stands before. */
const last = lastDigitOnly(task);
const fooledBy = (sample) => Number(sample.ended && last(sample) === 1);

export function sort(seeds) {
  const figures = { right: seeds.map(learned), fooled: seeds.map(fooled), hopeless: seeds.map(hopeless) };
  const of = (name, read) => figures[name].map(read);
  const checks = [
    { what: "greedy exact match at the start", values: of("right", (f) => f.greedy[0]), atMost: 0.7, needed: 4 },
    { what: "greedy exact match at the end", values: of("right", (f) => f.greedy.at(-1)), atLeast: 0.95, needed: 4 },
    { what: "seconds of the clock, start included", values: of("right", (f) => f.seconds), atMost: 180 },
    {
      what: "judge of the last digit: reward gained",
      values: of("fooled", (f) => f.reward.at(-1) - f.reward[0]),
      atLeast: 0.1,
    },
    {
      what: "judge of the last digit: greedy exact match gained",
      values: of("fooled", (f) => f.greedy.at(-1) - f.greedy[0]),
      atMost: 0.05,
    },
    {
      what: "no success: share of groups that teach nothing",
      values: of("hopeless", (f) => f.equalGroups),
      atLeast: 1,
    },
    {
      what: "no success: greedy exact match gained",
      values: of("hopeless", (f) => Math.abs(f.greedy.at(-1) - f.greedy[0])),
      atMost: 0,
    },
  ];
  return { settings, checks, figures };
}

const EVERY = 50;

/** GRPO from a supervised start. `reward` and `sampledRight` are means over the updates since the last figure. */
function run(seed, { start, updates, score, temperature }) {
  const { warmupUpdates, prompts, options } = settings.learning;
  const before = process.cpuUsage();
  const clock = performance.now();
  const rng = defaultRng(seed);
  const learning = writer(task, rng);
  const { policy, special, sampleOf, promptOf } = learning;
  learnLanguage(learning, task, start, rng);
  const reference = gptPolicy(copyOf(learning.model));
  const learner = createLearner(grpo, {
    policy,
    reference,
    options: { ...options, warmup: warmupUpdates / updates },
    rng,
  });
  const { samplesPerPrompt } = options;
  const drawing = { policy, reference, samplesPerPrompt, sampling: { ...special, temperature }, rng };
  const greedyMatch = () => {
    const fresh = defaultRng(1_000_000 + seed);
    const asked = Array.from({ length: settings.judgedOn }, () => promptOf(task.prompt(fresh)));
    return mean(policy.sample(asked, { end: special.end, topK: 1 }, fresh).map((drawn) => verified(sampleOf(drawn))));
  };
  const greedy = [greedyMatch()];
  const means = { reward: [], sampledRight: [], equalGroups: [], entropy: [] };
  let since = { reward: [], sampledRight: [], equalGroups: [], entropy: [] };
  for (let update = 1; update <= updates; update++) {
    const asked = Array.from({ length: prompts }, () => promptOf(task.prompt(rng)));
    const rollouts = drawRollouts(asked, drawing, (drawn) => score(sampleOf(drawn)));
    const { equalGroups, entropy } = learner.update(rollouts, (update - 1) / updates);
    since.reward.push(mean(rollouts.scores));
    since.sampledRight.push(mean(rollouts.sequences.map((drawn) => verified(sampleOf(drawn)))));
    since.equalGroups.push(equalGroups);
    since.entropy.push(entropy);
    if (update !== 10 && update % EVERY !== 0 && update !== updates) continue;
    if (update !== 10) greedy.push(greedyMatch());
    for (const [name, values] of Object.entries(since)) means[name].push(Number(mean(values).toPrecision(4)));
    since = { reward: [], sampledRight: [], equalGroups: [], entropy: [] };
  }
  const seconds = (performance.now() - clock) / 1000;
  return { seed, greedy, ...means, processorSeconds: processorSeconds(before), seconds };
}

function learned(seed) {
  const { updates, temperature } = settings.learning;
  return run(seed, { start: settings.start, updates, score: verified, temperature });
}

function fooled(seed) {
  return run(seed, {
    start: settings.start,
    ...settings.fooled,
    score: fooledBy,
    temperature: settings.learning.temperature,
  });
}

/** From too short a start, no answer is right, so all rewards of a group are equal: there is nothing to learn from. */
function hopeless(seed) {
  const { steps, updates, temperature } = settings.hopeless;
  const { equalGroups, ...figures } = run(seed, {
    start: { ...settings.start, steps },
    updates,
    score: verified,
    temperature,
  });
  return { ...figures, equalGroups: Math.min(...equalGroups) };
}
