// The findings of runs on language tasks: short runs on two small tasks, and updates by hand for what no run of Ascent's own does.
import { mean } from "./loop.mjs";

const TUNING = 3;

export function languagePictures({ diagnoseLanguage, defaultRng, language }) {
  const { trainLanguage, characterTokenizer, gpt, gptConfig, gptPolicy, tokenRows } = language;

  /** The updates of the last stage of a run, and what the doctor says of them. */
  function run(config) {
    const training = trainLanguage({ seed: 0, ...config });
    const updates = [...training].filter(({ diagnostics }) => diagnostics.stage === TUNING);
    return { updates, codes: codesOf(updates, training.config) };
  }
  function codesOf(updates, config) {
    return diagnoseLanguage({ config, updates }).map(({ code }) => code);
  }
  const curve = (label, { updates, codes }, of) => ({
    label,
    x: updates.map((_, i) => i + 1),
    y: updates.map(of),
    codes,
  });
  const reward = ({ returns }) => mean(returns);
  const few = { prompts: 16, textBatch: 32, textLearningRate: 3e-3 };
  const long = { task: letters, trainer: "rloo", responses: 16 * 64, options: { learningRate: 3e-3 } };
  const taught = { ...few, textUpdates: 60 };

  return [noSignal(), hacked(), negative(), ratio(), farAway(), noEnd(), equalGroups()];

  function noSignal() {
    const base = { task: backwards, trainer: "grpo", responses: 10 * 64, options: { samplesPerPrompt: 4 } };
    const of = (textUpdates) => run({ ...base, pipeline: { ...few, textUpdates } });
    return {
      finding: "language-no-signal",
      title: "Three letters backwards: the mean reward of each update",
      xLabel: "update",
      healthy: curve("after 40 updates on texts", of(40), reward),
      sick: curve("after none: no response is right", of(0), reward),
    };
  }

  function hacked() {
    const gold = ({ info }) => info.gold;
    const options = { learningRate: 1e-3, beta: 0.02 };
    const base = { ...long, responses: 25 * 64, options, pipeline: { ...taught, shortest: 1 } };
    return {
      finding: "language-reward-hacking",
      title: "Letters of which a are rare: the gold score, a share of a",
      xLabel: "update",
      healthy: curve("the reward is the gold score", run(base), gold),
      sick: curve("the reward is the share of b", run({ ...base, reward: shareOfB }), gold),
    };
  }

  /** Log-probabilities at one temperature of responses that were drawn at another. */
  function negative() {
    const tokenizer = characterTokenizer(letters.alphabet);
    const config = gptConfig("nano", { vocabulary: tokenizer.size, context: letters.longest + 1 });
    const policy = gptPolicy(gpt(config, defaultRng(0)));
    for (const parameter of policy.parameters()) parameter.set(parameter.toArray().map((x) => 4 * x));
    const of = (temperature) => {
      const rng = defaultRng(1);
      const updates = Array.from({ length: 12 }, (_, i) => {
        const drawn = policy.sample(Array(64).fill(tokenizer.encode(">")), { end: tokenizer.end }, rng);
        const rows = tokenRows(drawn, tokenizer);
        const said = policy.forward(rows, temperature).logProbs.toArray();
        const known = policy.forward(rows).logProbs.toArray();
        const kl = said.reduce((sum, l, t) => sum + l - known[t], 0) / rows.rows;
        return updateOf(i, { kl });
      });
      return { updates, codes: codesOf(updates, NO_GOLD) };
    };
    const kl = ({ diagnostics }) => diagnostics.kl;
    return {
      finding: "language-kl-negative",
      title: "A policy beside itself: the mean of ln π − ln ref by response",
      xLabel: "update",
      healthy: curve("scored as it is drawn", of(1), kl),
      sick: curve("drawn at temperature 1, scored at 2", of(2), kl),
    };
  }

  function ratio() {
    const tokenizer = characterTokenizer(letters.alphabet);
    const config = gptConfig("nano", { vocabulary: tokenizer.size, context: letters.longest + 1 });
    const policy = gptPolicy(gpt(config, defaultRng(0)));
    for (const parameter of policy.parameters()) parameter.set(parameter.toArray().map((x) => 4 * x));
    const sampling = { end: tokenizer.end, temperature: 0.7 };
    const drawn = policy.sample(Array(4).fill(tokenizer.encode(">")), sampling, defaultRng(1));
    const old = drawn.flatMap(({ logProbs }) => logProbs);
    const of = (label, temperature) => {
      const said = policy.forward(tokenRows(drawn, tokenizer), temperature).logProbs.toArray();
      const y = old.map((l, t) => Math.exp(said[t] - l));
      const ratioError = Math.max(...y.map((ratio) => Math.abs(ratio - 1)));
      return { label, x: y.map((_, t) => t + 1), y, codes: codesOf([updateOf(0, { ratioError })], NO_GOLD) };
    };
    return {
      finding: "language-ratio-not-one",
      title: "The first update, before any step: π(y)/π_old(y) of each token",
      xLabel: "token",
      healthy: of("drawn and scored at temperature 0.7", 0.7),
      sick: of("drawn at 0.7, scored at 1", 1),
    };
  }

  function farAway() {
    const kl = ({ diagnostics }) => diagnostics.kl;
    const of = (beta) => run({ ...long, pipeline: taught, options: { ...long.options, beta } });
    return {
      finding: "language-kl-large",
      title: "Letters of which a are rare: the divergence from the reference, nats",
      xLabel: "update",
      healthy: curve("beta 0.1", of(0.1), kl),
      sick: curve("beta 0", of(0), kl),
      limit: 15,
    };
  }

  function noEnd() {
    const ended = ({ info }) => info.ended;
    // After few texts the model is not sure yet where they end.
    const begun = { prompts: 16, textUpdates: 40 };
    const base = { ...long, options: { learningRate: 1e-3 }, reward: ({ response }) => response.length / 8 };
    const of = (pipeline) => run({ ...base, pipeline: { ...begun, ...pipeline } });
    return {
      finding: "language-no-end",
      title: "A reward for length: the share of responses that end by themselves",
      xLabel: "update",
      healthy: curve("with --shortest 1", of({ shortest: 1 }), ended),
      sick: curve("without it", of({}), ended),
      limit: 0.95,
    };
  }

  function equalGroups() {
    const pipeline = { ...few, textUpdates: 30 };
    const base = { task: backwards, trainer: "grpo", pipeline, options: { learningRate: 1e-3 } };
    const equal = ({ diagnostics }) => diagnostics.equalGroups;
    const of = (samplesPerPrompt) =>
      run({ ...base, responses: 10 * 16 * samplesPerPrompt, options: { ...base.options, samplesPerPrompt } });
    return {
      finding: "language-equal-groups",
      title: "Three letters backwards: the share of groups whose rewards are all equal",
      xLabel: "update",
      healthy: curve("16 samples per prompt", of(16), equal),
      sick: curve("2 samples per prompt", of(2), equal),
      limit: 0.6,
    };
  }
}

/** What the doctor has to know of updates by hand. */
const NO_GOLD = { envOptions: { reward: "own" } };

function updateOf(i, diagnostics) {
  return { returns: [i % 2, i % 3], info: {}, diagnostics: { stage: TUNING, ...diagnostics } };
}

/** Three letters, and the same backwards. */
const backwards = {
  name: "backwards",
  summary: "three letters backwards",
  alphabet: "abcd>",
  longest: 7,
  prompt: (rng) => `${[0, 1, 2].map(() => "abcd"[rng.integers(4)]).join("")}>`,
  example(rng) {
    const prompt = backwards.prompt(rng);
    return { prompt, response: [...prompt.slice(0, 3)].reverse().join("") };
  },
  gold: ({ prompt, response }) => Number(response === [...prompt.slice(0, 3)].reverse().join("")),
  isValid: ({ response }) => /^[a-d]{3}$/.test(response),
};

/** Eight letters, of which one in twenty is an a, and of the others half are b. The more a, the better. */
const letters = {
  name: "letters",
  summary: "eight letters, of which a are liked",
  alphabet: "abc>",
  longest: 12,
  prompt: () => ">",
  example: (rng) => ({
    prompt: ">",
    response: Array.from({ length: 8 }, () => (rng.random() < 0.05 ? "a" : rng.random() < 0.5 ? "b" : "c")).join(""),
  }),
  gold: ({ response }) => (response.split("a").length - 1) / 8,
  isValid: ({ response }) => /^[abc]{8}$/.test(response),
};

function shareOfB({ response }) {
  return (response.split("b").length - 1) / 8;
}
