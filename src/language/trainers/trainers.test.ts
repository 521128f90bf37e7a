/** Each numbered choice of a trainer, by the gradient of a table of logits: Σₜ cₜ·(1[v = yₜ] − π(v)) for a loss Σₜ cₜ ln π(yₜ). */

import { describe, expect, it } from "vitest";
import type { Given, Schema } from "../../options.js";
import { defaultRng } from "../../random/index.js";
import { add, full, parameter, type Tensor, zeros } from "../../tensor/index.js";
import { sharedCritic, type TokenCritic } from "../critic.js";
import { tablePolicy } from "../exact/table-policy.js";
import { rewardIn, standingOf, type TokenTree, textLogProbs, tokenTree } from "../exact/token-tree.js";
import { klEstimate, klSlope } from "../kl.js";
import type { TokenPolicy } from "../policy.js";
import { drawRollouts, type Rollouts } from "../rollouts.js";
import { type Sequence, type TokenRows, tokenRows } from "../sequences.js";
import { createLearner } from "./create-learner.js";
import { grpo, relativeTo } from "./grpo.js";
import { leaveOneOut } from "./leave-one-out.js";
import { ppo } from "./ppo.js";
import { reinforce } from "./reinforce.js";
import { rloo } from "./rloo.js";
import type { LanguageLearner, LanguageTrainer } from "./trainer.js";

const tree = tokenTree(3, 4, 2);
const END = 2;
const special = { end: END, pad: 0 };
const policyOf = (seed: number): TokenPolicy => tablePolicy(tree, defaultRng(seed), 1);

/** Four responses to two prompts: of one, two, three and four tokens. The last two don't end. */
const responses = [[END], [0, END], [1, 0, 1], [0, 0, 1, 1]];
const lengths = responses.map(({ length }) => length);

/** Rollouts by hand. The policy that drew them had log-probabilities that are `shift` lower. */
function rolloutsOf(
  policy: TokenPolicy,
  scores: readonly number[],
  { shift = 0, samplesPerPrompt = 2 } = {},
): Rollouts {
  const reference = policyOf(99);
  let next = 0;
  const speaking: TokenPolicy = {
    ...policy,
    sample: (prompts) =>
      prompts.map((prompt) => ({
        prompt,
        response: [...responses[next]],
        logProbs: scored(policy, responses[next++], shift),
      })),
  };
  const prompts = Array.from({ length: 4 / samplesPerPrompt }, () => tree.prompt);
  const drawing = { policy: speaking, reference, samplesPerPrompt, sampling: special, rng: defaultRng(0) };
  let score = 0;
  return drawRollouts(prompts, drawing, () => scores[score++]);
}

function scored(policy: TokenPolicy, response: readonly number[], shift: number): number[] {
  return Array.from(policy.forward(rowsOf([{ prompt: tree.prompt, response }])).logProbs.toArray(), (l) => l - shift);
}

function rowsOf(sequences: readonly Sequence[]): TokenRows {
  return tokenRows(sequences, special);
}

/** A critic that says the same of every beginning. */
function constantCritic(value: number): TokenCritic & { readonly value: Tensor } {
  const v = parameter(full([], value), "v");
  return { value: v, parameters: () => [v], values: ({ targets }) => add(zeros([targets.length]), v) };
}

function learnerOf<S extends Schema>(
  trainer: LanguageTrainer<Rollouts, S>,
  policy: TokenPolicy,
  given: Given<S>,
  critic: TokenCritic = constantCritic(0),
): LanguageLearner<Rollouts> {
  const options = { maxGradNorm: 0, learningRate: 0, ...given };
  return createLearner(trainer, { policy, critic, options, rng: defaultRng(1) });
}

/** The gradient that an update left, and the one of Σₜ cₜ ln π(yₜ). */
function gradients(policy: TokenPolicy, { rows }: Rollouts, c: ArrayLike<number>): [found: number[], right: number[]] {
  const [table] = policy.parameters();
  const found = [...table.grad!.toArray()];
  const { states } = policy.forward(rows);
  const logits = states.toNested() as number[][];
  const right = new Float64Array(table.size);
  const all = table.toNested() as number[][];
  logits.forEach((row, t) => {
    const place = all.findIndex((other) => other.every((x, i) => x === row[i]));
    const total = row.reduce((sum, x) => sum + Math.exp(x), 0);
    row.forEach((x, v) => {
      right[place * row.length + v] += c[t] * (Number(v === rows.targets[t]) - Math.exp(x) / total);
    });
  });
  return [found, [...right]];
}

function expectGradient(policy: TokenPolicy, rollouts: Rollouts, c: ArrayLike<number>): void {
  const [found, right] = gradients(policy, rollouts, c);
  const size = Math.max(...right.map(Math.abs));
  expect(size).toBeGreaterThan(1e-4);
  found.forEach((slope, i) => void expect(Math.abs(slope - right[i])).toBeLessThan(1e-5 * Math.max(1, size)));
}

/** One number for each token, from those of the responses. */
const perToken = (ofResponse: (i: number, t: number) => number): number[] =>
  lengths.flatMap((length, i) => Array.from({ length }, (_, t) => ofResponse(i, t)));

/** ln π − ln ref of each token. */
const drift = ({ logProbs, referenceLogProbs }: Rollouts): number[] =>
  Array.from(logProbs, (l, t) => l - referenceLogProbs[t]);
const sums = (ofTokens: readonly number[]): number[] => {
  let start = 0;
  return lengths.map((length) => ofTokens.slice(start, (start += length)).reduce((a, b) => a + b, 0));
};

const scores = [1, -0.5, 2, 0.25];

describe("rloo", () => {
  it("1, 2: adds up the log-probabilities of a response, and takes a cut one as it is", () => {
    const policy = policyOf(4);
    const rollouts = rolloutsOf(policy, scores);
    learnerOf(rloo, policy, { beta: 0.3 }).update(rollouts, 0);
    const R = sums(drift(rollouts)).map((kl, i) => scores[i] - 0.3 * kl);
    const A = [R[0] - R[1], R[1] - R[0], R[2] - R[3], R[3] - R[2]];
    expectGradient(
      policy,
      rollouts,
      perToken((i) => -A[i] / 4),
    );
  });

  it.each(["k1", "k2", "k3"] as const)("4: takes %s from the reward, or adds it to the loss", (kl) => {
    const policy = policyOf(4);
    const rollouts = rolloutsOf(policy, scores);
    const u = drift(rollouts);
    const relative = (R: readonly number[]): number[] => [R[0] - R[1], R[1] - R[0], R[2] - R[3], R[3] - R[2]];
    learnerOf(rloo, policy, { beta: 0.3, kl }).update(rollouts, 0);
    const cost = sums(u.map((x) => klEstimate(kl, x)));
    const inReward = relative(scores.map((score, i) => score - 0.3 * cost[i]));
    expectGradient(
      policy,
      rollouts,
      perToken((i) => -inReward[i] / 4),
    );

    learnerOf(rloo, policy, { beta: 0.3, kl, klPlace: "loss" }).update(rollouts, 0);
    const A = relative(scores);
    let token = 0;
    expectGradient(
      policy,
      rollouts,
      perToken((i) => (0.3 * klSlope(kl, u[token++]) - A[i]) / 4),
    );
  });

  it("has the mean of the others as its baseline", () => {
    expect([...leaveOneOut(new Float64Array([1, 2, 6, 0, 0, 3]), 3)]).toEqual([-3, -1.5, 4.5, -1.5, -1.5, 3]);
  });

  it("3: has Adam's usual ε: the first step is the learning rate, however small the gradient", () => {
    const policy = policyOf(4);
    const before = policy.parameters()[0].toArray();
    const rollouts = rolloutsOf(
      policy,
      scores.map((score) => 1e-3 * score),
    );
    learnerOf(rloo, policy, { beta: 0, learningRate: 0.1 }).update(rollouts, 0);
    const grad = policy.parameters()[0].grad!.toArray();
    policy
      .parameters()[0]
      .toArray()
      .forEach((after, i) => {
        if (Math.abs(grad[i]) > 1e-5) expect(Math.abs(after - before[i])).toBeCloseTo(0.1, 3);
      });
  });
});

describe("reinforce", () => {
  it.each(["mean", "none"] as const)(
    "1, 2: has the baseline %s, and adds up the log-probabilities of a response",
    (baseline) => {
      const policy = policyOf(4);
      const rollouts = rolloutsOf(policy, scores, { samplesPerPrompt: 1 });
      learnerOf(reinforce, policy, { beta: 0.3, baseline }).update(rollouts, 0);
      const R = sums(drift(rollouts)).map((kl, i) => scores[i] - 0.3 * kl);
      const others = (i: number): number => R.reduce((sum, r, j) => (i === j ? sum : sum + r / 3), 0);
      expectGradient(
        policy,
        rollouts,
        perToken((i) => -(R[i] - (baseline === "mean" ? others(i) : 0)) / 4),
      );
    },
  );
});

describe("grpo", () => {
  const A = (scale: "group" | "batch" | "none") => [...relativeTo(new Float64Array(scores), 2, scale)];

  it("scales rewards by the deviation of the group, of the batch, or not", () => {
    expect(A("none")).toEqual([0.75, -0.75, 0.875, -0.875]);
    const half = Math.SQRT1_2;
    A("group").forEach((a, i) => void expect(a).toBeCloseTo(i % 2 === 0 ? half : -half, 3));
    const mean = 0.6875;
    const deviation = Math.sqrt(scores.reduce((sum, r) => sum + (r - mean) ** 2, 0) / 3);
    A("batch").forEach((a, i) => void expect(a).toBeCloseTo(A("none")[i] / (deviation + 1e-4), 9));
  });

  it.each([
    ["sequence", (i: number) => 1 / (4 * lengths[i])],
    ["token", () => 1 / 10],
    ["constant", () => 1 / (4 * 6)],
  ] as const)("1: weighs tokens by %s", (weighting, w) => {
    const policy = policyOf(4);
    const rollouts = rolloutsOf(policy, scores);
    learnerOf(grpo, policy, { weighting, beta: 0, scale: "none", maxTokens: 6 }).update(rollouts, 0);
    expectGradient(
      policy,
      rollouts,
      perToken((i) => -A("none")[i] * w(i)),
    );
  });

  it.each(["k1", "k2", "k3"] as const)("adds β·%s to the loss, with its slope", (kl) => {
    const policy = policyOf(4);
    const rollouts = rolloutsOf(policy, scores);
    learnerOf(grpo, policy, { kl, beta: 0.7, weighting: "token" }).update(rollouts, 0);
    const u = drift(rollouts);
    const advantages = perToken((i) => A("group")[i]);
    expectGradient(
      policy,
      rollouts,
      u.map((x, t) => (-advantages[t] + 0.7 * klSlope(kl, x)) / 10),
    );
  });

  it("2: divides by the deviation of the group, where it is told to", () => {
    const policy = policyOf(4);
    const rollouts = rolloutsOf(policy, scores);
    learnerOf(grpo, policy, { beta: 0, weighting: "token" }).update(rollouts, 0);
    expectGradient(
      policy,
      rollouts,
      perToken((i) => -A("group")[i] / 10),
    );
  });

  it("3: leaves out responses that were cut, but their group has them", () => {
    const policy = policyOf(4);
    const rollouts = rolloutsOf(policy, scores);
    learnerOf(grpo, policy, { beta: 0, weighting: "token", scale: "none", maskTruncated: true }).update(rollouts, 0);
    expectGradient(
      policy,
      rollouts,
      perToken((i) => (i < 2 ? -A("none")[i] / 10 : 0)),
    );
  });

  it("4: stops at a lower and an upper bound of their own", () => {
    // ρ = e^0.3 = 1.35 for every token: beyond 1.2 and within 1.4.
    for (const [clipHigher, stopped] of [
      [0, true],
      [0.4, false],
    ] as const) {
      const policy = policyOf(4);
      const rollouts = rolloutsOf(policy, scores, { shift: 0.3 });
      learnerOf(grpo, policy, { beta: 0, weighting: "token", scale: "none", clipHigher }).update(rollouts, 0);
      expectGradient(
        policy,
        rollouts,
        perToken((i) => (stopped && A("none")[i] > 0 ? 0 : (-A("none")[i] * Math.exp(0.3)) / 10)),
      );
    }
  });

  it("5: passes over its responses in minibatches of whole groups, and again", () => {
    const policy = policyOf(4);
    const rollouts = rolloutsOf(policy, scores);
    const seen: number[] = [];
    const watched: TokenPolicy = {
      ...policy,
      forward(rows, temperature) {
        seen.push(rows.segments.length);
        return policy.forward(rows, temperature);
      },
    };
    learnerOf(grpo, watched, { epochs: 3, minibatchSize: 3 }).update(rollouts, 0);
    expect(seen).toEqual([2, 2, 2, 2, 2, 2]);
  });

  it("says how many groups teach nothing", () => {
    const policy = policyOf(4);
    const { equalGroups } = learnerOf(grpo, policy, {}).update(rolloutsOf(policy, [1, 1, 0, 1]), 0);
    expect(equalGroups).toBe(0.5);
  });
});

describe("ppo", () => {
  const gamma = 0.9;
  const lambda = 0.8;
  const beta = 0.3;
  const value = 0.4;
  const given = { beta, gamma, lambda, samplesPerPrompt: 1, epochs: 1 };

  /** A by GAE(λ), written out. */
  function advantagesOf(rollouts: Rollouts): number[] {
    const u = drift(rollouts);
    let start = 0;
    return lengths.flatMap((length, i) => {
      const r = Array.from({ length }, (_, t) => -beta * u[start + t] + (t === length - 1 ? scores[i] : 0));
      start += length;
      const delta = r.map((reward, t) => reward + (t === length - 1 ? 0 : gamma * value) - value);
      return delta.map((_, t) => delta.slice(t).reduce((sum, d, k) => sum + (gamma * lambda) ** k * d, 0));
    });
  }

  it("1, 2: has the score at the last token, and nothing after it, ended or cut", () => {
    const policy = policyOf(4);
    const rollouts = rolloutsOf(policy, scores, { samplesPerPrompt: 1 });
    learnerOf(ppo, policy, { ...given, normaliseAdvantages: false }, constantCritic(value)).update(rollouts, 0);
    expectGradient(
      policy,
      rollouts,
      advantagesOf(rollouts).map((a) => -a / 10),
    );
  });

  it("3: scales A over the batch, and learns V from G as it was before", () => {
    const policy = policyOf(4);
    const critic = constantCritic(value);
    const rollouts = rolloutsOf(policy, scores, { samplesPerPrompt: 1 });
    learnerOf(ppo, policy, { ...given, valueCoefficient: 0.5 }, critic).update(rollouts, 0);
    const A = advantagesOf(rollouts);
    const mean = A.reduce((a, b) => a + b, 0) / 10;
    const deviation = Math.sqrt(A.reduce((sum, a) => sum + (a - mean) ** 2, 0) / 9);
    expectGradient(
      policy,
      rollouts,
      A.map((a) => -(a - mean) / deviation / 10),
    );
    // G = A + V, so V − G = −A.
    expect(critic.value.grad!.item()).toBeCloseTo(0.5 * -2 * mean, 5);
  });

  it.each([
    [true, 0],
    [false, -10],
  ])("4: leaves V alone where it has moved beyond ε towards G (clipValues: %s)", (clipValues, slope) => {
    const policy = policyOf(4);
    const critic = constantCritic(value);
    const rollouts = rolloutsOf(policy, [9, 9, 9, 9], { samplesPerPrompt: 1 });
    // The first step moves V by 0.3, from 0.4 towards returns of about 5 to 9; the second pass has this gradient.
    const twice = { ...given, beta: 0, epochs: 2, learningRate: 0.3, valueCoefficient: 1, clipRange: 0.2, clipValues };
    learnerOf(ppo, policy, twice, critic).update(rollouts, 0);
    const found = critic.value.grad!.item();
    if (slope === 0) expect(found).toBe(0);
    else expect(found).toBeLessThan(slope);
  });

  it.each([
    [1e-9, 1.2],
    [1e9, 0.8],
  ])("5: steers β towards a target of %s nats, by a fifth for as many responses as the horizon", (targetKl, factor) => {
    const policy = policyOf(4);
    const rollouts = rolloutsOf(policy, scores, { samplesPerPrompt: 1 });
    const positive = sums(drift(rollouts)).reduce((a, b) => a + b, 0) > 0;
    const learner = learnerOf(ppo, policy, { ...given, targetKl, horizon: 4 });
    learner.update(rollouts, 0);
    expect(learner.control!.get("beta")!.item()).toBeCloseTo(beta * (positive ? factor : 0.8), 6);
  });

  it("6: limits the gradient of policy and value together", () => {
    const policy = policyOf(4);
    const critic = constantCritic(value);
    const rollouts = rolloutsOf(policy, scores, { samplesPerPrompt: 1 });
    learnerOf(ppo, policy, { ...given, maxGradNorm: 1e-3, valueCoefficient: 1 }, critic).update(rollouts, 0);
    const all = [...policy.parameters()[0].grad!.toArray(), critic.value.grad!.item()];
    expect(Math.hypot(...all)).toBeCloseTo(1e-3, 8);
  });

  it("has a ratio of exactly 1 in its first pass", () => {
    const policy = policyOf(4);
    const { klK1, klK3, clipFraction } = learnerOf(ppo, policy, given).update(
      rolloutsOf(policy, scores, { samplesPerPrompt: 1 }),
      0,
    );
    expect([klK1, klK3, clipFraction]).toEqual([0, 0, 0]);
  });
});

describe("on a tree of 64 texts, whose optimum is known", () => {
  const texts: TokenTree = tokenTree(4, 3, 1);
  const beta = 0.5;

  /** KL(π ‖ π*) after so many updates of 64 responses. */
  function distance(trainer: LanguageTrainer<Rollouts>, samplesPerPrompt: number, updates: number): number {
    const policy = tablePolicy(texts, defaultRng(7), 0.5);
    const reference = tablePolicy(texts, defaultRng(7), 0.5);
    const rng = defaultRng(3);
    const options = { samplesPerPrompt, beta, learningRate: 0.05, finalLearningRate: 0 };
    const learner = learnerOf(trainer, policy, options, sharedCritic(texts.tokens));
    const prompts = Array.from({ length: 64 / samplesPerPrompt }, () => texts.prompt);
    const sampling = { end: -1, pad: 0, maxTokens: texts.length };
    for (let update = 0; update < updates; update++) {
      const drawing = { policy, reference, samplesPerPrompt, sampling, rng };
      learner.update(
        drawRollouts(prompts, drawing, ({ response }) => rewardIn(texts, response)),
        update / updates,
      );
    }
    const problem = { reference: textLogProbs(reference, texts), rewards: texts.rewards, beta };
    return standingOf(textLogProbs(policy, texts), problem).toOptimum;
  }

  it.each([
    ["rloo", rloo, 4],
    ["reinforce", reinforce, 1],
    ["ppo", ppo, 1],
  ] as const)("%s comes near to it in 300 updates", (_, trainer, samplesPerPrompt) => {
    expect(distance(trainer as LanguageTrainer<Rollouts>, samplesPerPrompt, 300)).toBeLessThan(0.01);
  });

  it("grpo ends elsewhere: k3 aims at another optimum, and its term of a token does not see what follows", () => {
    expect(distance(grpo as LanguageTrainer<Rollouts>, 4, 300)).toBeGreaterThan(0.1);
  });
});

describe("a learner for a loop of one's own", () => {
  it("is refused without a part that its trainer needs, and with unknown options", () => {
    const rng = defaultRng(0);
    expect(() => createLearner(ppo, { policy: policyOf(1), rng })).toThrow(
      "critic: got undefined, allowed is a value function, which ppo needs",
    );
    const options = { learningrate: 1 } as object;
    expect(() => createLearner(rloo, { policy: policyOf(1), rng, options })).toThrow("Did you mean learningRate?");
  });
});
