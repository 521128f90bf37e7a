import { describe, expect, it } from "vitest";
import { ascent, batchOf, gradients, learnerFor, type Played, setWeights, updated } from "../../test/one-update.js";
import { register } from "../envs/registry.js";
import { resolveOptions } from "../options.js";
import { box, discrete, type Space } from "../spaces/index.js";
import { train, trainNamed } from "../training/train.js";
import { reinforce } from "./reinforce.js";
import { reinforceNoGradient } from "./reinforce-gradient.js";

/**
 * The Aₜ of an update, computed from its gradient: each step has its own state and takes action 0 of two equally likely
 * ones, so the gradient of its logit is Aₜ/2N.
 */
function advantages(
  options: Record<string, unknown>,
  episodes: readonly { rewards: readonly number[]; truncated?: boolean }[],
  V: readonly number[] = [],
): number[] {
  const steps = episodes.reduce((total, { rewards }) => total + rewards.length, 0);
  const states = steps + episodes.length;
  const learner = learnerFor(states, discrete(2), {
    baseline: "none",
    normalise: "none",
    gamma: 1,
    ...options,
    episodesPerUpdate: episodes.length,
  });
  setWeights(learner.policy.parameters(), () => 0);
  setWeights(learner.weights.slice(2), (p, i) => (p.shape.length === 2 ? (V[i] ?? 0) : 0));
  let state = 0;
  const played = episodes.map(
    (episode, i): Played => ({
      ...episode,
      states: episode.rewards.map(() => state++),
      actions: episode.rewards.map(() => 0),
      last: steps + i,
    }),
  );
  const direction = ascent(learner, batchOf(played, states));
  return Array.from({ length: steps }, (_, t) => Number((direction[2 * t] * 2 * episodes.length).toFixed(4)));
}

describe("the choices in the header", () => {
  const three = { rewards: [1, 1, 1] };
  const one = { rewards: [1] };

  it("1. sums over the steps of an episode and averages over episodes", () => {
    const learner = learnerFor(1, discrete(2), { baseline: "none", gamma: 1 });
    setWeights(learner.policy.parameters(), () => 0);
    const episode = (...rewards: number[]): Played => ({
      states: rewards.map(() => 0),
      actions: rewards.map(() => 1),
      rewards,
    });
    const upward = (...episodes: Played[]): number => ascent(learner, batchOf(episodes, 1))[1];
    expect(upward(episode(1))).toBe(0.5);
    expect(upward(episode(1), episode(1))).toBe(0.5);
    expect(upward(episode(0, 1))).toBe(1);
    expect(upward(episode(0, 1), episode(0))).toBe(0.5);
  });
  it("2. credits rewards from a step on or the whole episode, with γᵗ in front only where it is asked for", () => {
    expect(advantages({ gamma: 0.5 }, [three, one])).toEqual([1.75, 1.5, 1, 1]);
    expect(advantages({ gamma: 0.5, discountWeight: true }, [three, one])).toEqual([1.75, 0.75, 0.25, 1]);
    expect(advantages({ gamma: 0.5, returns: "whole-episode" }, [three, one])).toEqual([1.75, 1.75, 1.75, 1]);
    expect(advantages({ gamma: 0.5, returns: "whole-episode", discountWeight: true }, [three, one])).toEqual([
      1.75, 1.75, 1.75, 1,
    ]);
  });
  it("3. subtracts what the baseline says", () => {
    expect(advantages({ baseline: "mean" }, [three, one])).toEqual([1.25, 0.25, -0.75, -0.75]);
    expect(advantages({ baseline: "leave-one-out" }, [three, one])).toEqual([2, 1, 0, -1]);
    expect(advantages({ baseline: "leave-one-out" }, [{ rewards: [6] }, { rewards: [2] }, { rewards: [1] }])).toEqual([
      4.5, -1.5, -3,
    ]);
    expect(advantages({ baseline: "episode-mean" }, [three, one])).toEqual([1, 0, -1, 0]);
    expect(advantages({ baseline: "value" }, [three, one], [0.5, 2, 0, 4])).toEqual([2.5, 0, 1, -3]);
    expect(advantages({ baseline: "mean", returns: "whole-episode" }, [three, one])).toEqual([0.5, 0.5, 0.5, -1.5]);
  });
  it("4. normalises after the baseline, over the batch or each episode, and leaves one number alone", () => {
    expect(advantages({ normalise: "episode" }, [three, one])).toEqual([1, 0, -1, 1]);
    expect(advantages({ normalise: "batch" }, [three, one])).toEqual([1.3056, 0.2611, -0.7833, -0.7833]);
    expect(advantages({ normalise: "batch", baseline: "mean" }, [three, one])).toEqual([
      1.3056, 0.2611, -0.7833, -0.7833,
    ]);
    expect(advantages({ normalise: "batch", baseline: "episode-mean" }, [three, one])).toEqual([1.2247, 0, -1.2247, 0]);
    expect(advantages({ normalise: "batch" }, [one])).toEqual([1]);
    expect(advantages({ normalise: "episode", returns: "whole-episode" }, [three, three])).toEqual([0, 0, 0, 0, 0, 0]);
    const weighed = { normalise: "batch", gamma: 0.5, discountWeight: true };
    expect(advantages(weighed, [{ rewards: [0, 4, 8] }])).toEqual([-1.1547, 0.2887, 0.1443]);
  });
  it("5. goes on with V where an episode was cut, 0 where it ended, and 0 without a value network", () => {
    const cut = { rewards: [1, 1], truncated: true };
    const V = [0, 0, 0, 0, 8, 8];
    expect(advantages({ baseline: "value", gamma: 0.5 }, [cut, { rewards: [1, 1] }], V)).toEqual([3.5, 5, 1.5, 1]);
    expect(advantages({ gamma: 0.5 }, [cut, { rewards: [1, 1] }], V)).toEqual([1.5, 1, 1.5, 1]);
  });
  it("6. fits the value network after the policy's step, to the returns, with as many steps as were asked for", () => {
    const episodes = [{ rewards: [3] }];
    const fast = { baseline: "value", valueLearningRate: 1, valueSteps: 50 };
    expect(advantages(fast, episodes, [1])).toEqual(advantages({ baseline: "value" }, episodes, [1]));

    const learner = learnerFor(2, discrete(2), { ...fast, valueLearningRate: 0.1, valueSteps: 200, gamma: 1 });
    const { valueLoss } = updated(learner, batchOf([{ states: [0, 1], actions: [0, 0], rewards: [1, 3] }], 2), 0);
    const [weights, bias] = learner.weights.slice(2).map((p) => p.toArray());
    expect(weights[0] + bias[0]).toBeCloseTo(4, 1);
    expect(weights[1] + bias[0]).toBeCloseTo(3, 1);
    expect(valueLoss).toBeLessThan(0.01);
  });
  it("6. the value network learns from its own error alone, and the policy gets nothing through the baseline", () => {
    const learner = learnerFor(2, discrete(2), { baseline: "value", gamma: 1 });
    setWeights(learner.policy.parameters(), () => 0);
    setWeights(learner.weights.slice(2), (p) => (p.shape.length === 2 ? 0.5 : 0));
    const direction = ascent(learner, batchOf([{ states: [0, 1], actions: [1, 1], rewards: [1, 3] }], 2));
    expect(direction.map((value) => Number(value.toFixed(5)))).toEqual([-1.75, 1.75, -1.25, 1.25, -3, 3]);
    expect(gradients(learner.weights.slice(2))).toEqual([-3.5, -2.5, -6]);
  });
  it("7. adds the entropy with the weight of the gain: summed over an episode's steps, averaged over episodes, in nats", () => {
    const bonus = { baseline: "none", entropyBonus: 0.5 };
    const step = (state: number): Played => ({ states: [state], actions: [0], rewards: [0] });
    const learner = learnerFor(1, discrete(2), bonus);
    setWeights(learner.policy.parameters(), () => 0);
    expect(updated(learner, batchOf([step(0)], 1), 0).entropy).toBeCloseTo(Math.LN2, 6);

    setWeights(learner.policy.parameters(), (p, i) => (p.shape.length === 1 && i === 1 ? Math.log(3) : 0));
    const slope = 0.5 * 0.25 * 0.75 * Math.log(3);
    const four = { states: [0, 0, 0, 0], actions: [0, 0, 0, 0], rewards: [0, 0, 0, 0] };
    for (const [episodes, steps] of [
      [[step(0)], 1],
      [[step(0), step(0), step(0)], 1],
      [[four], 4],
      [[four, step(0)], 2.5],
    ] as const) {
      const direction = ascent(learner, batchOf(episodes, 1));
      expect(direction[0]).toBeCloseTo(slope * steps, 6);
      expect(direction[1]).toBeCloseTo(-slope * steps, 6);
    }
    expect(updated(learner, batchOf([step(0)], 1), 0).loss).toBeCloseTo(-0.5 * (2 * Math.LN2 - 0.75 * Math.log(3)), 6);
  });
});

describe("settings that compare an episode only with itself", () => {
  const { returns, baseline, normalise } = reinforce.options;
  const settings = returns.choices.flatMap((kind) =>
    baseline.choices.flatMap((subtracted) =>
      normalise.choices.flatMap((over) =>
        [1, 2]
          .filter((episodesPerUpdate) => episodesPerUpdate === 2 || subtracted !== "leave-one-out")
          .map((episodesPerUpdate) => ({ returns: kind, baseline: subtracted, normalise: over, episodesPerUpdate })),
      ),
    ),
  );
  /** The largest advantage in episodes of two steps, whose sums are not exact in binary. */
  const largest = (options: (typeof settings)[number], steps: number): number => {
    const episodes = [0.1, 0.7].slice(0, options.episodesPerUpdate).map(
      (reward, i): Played => ({
        rewards: new Array(steps).fill(reward),
        states: Array.from({ length: steps }, (_, t) => i * steps + t),
        actions: new Array(steps).fill(0),
      }),
    );
    const learner = learnerFor(2 * steps, discrete(2), { gamma: 0.9, ...options });
    return Math.max(...ascent(learner, batchOf(episodes, 2 * steps)).map(Math.abs));
  };

  it("have no gradient, not even one of rounding errors, and say so: whole-episode returns", () => {
    const whole = settings.filter(({ returns: kind }) => kind === "whole-episode");
    const silent = whole.filter((options) => largest(options, 7) === 0);
    expect(silent).toHaveLength(14);
    for (const options of whole) {
      const told = reinforceNoGradient(options);
      expect(told?.includes("no gradient is left") ?? false, JSON.stringify(options)).toBe(silent.includes(options));
    }
    expect(
      largest({ returns: "whole-episode", baseline: "none", normalise: "batch", episodesPerUpdate: 2 }, 7),
    ).not.toBe(0);
  });
  it("have no gradient on episodes of one step, and say so: returns to go", () => {
    for (const options of settings.filter(({ returns: kind }) => kind === "to-go")) {
      const told = reinforceNoGradient(options);
      expect(told?.includes("of one step has no gradient") ?? false, JSON.stringify(options)).toBe(
        largest(options, 1) === 0,
      );
      expect(largest(options, 7)).not.toBe(0);
    }
  });
  it("are named before the run, after what the preset warns of, and in its verdict", () => {
    const run = train({ preset: "lecture", episodes: 30, options: { returns: "whole-episode", hidden: [4] } });
    const reason =
      "All steps of an episode have the same whole-episode return, and normalise episode subtracts it: no gradient is left. " +
      "Compare episodes with each other: normalise batch, baseline none, episodesPerUpdate 8, for both kinds of returns";
    expect(run.warning).toBe(`${reinforce.presets.lecture.warning}. ${reason}`);
    for (const _ of run);
    expect(run.result().verdict).toEqual({
      kind: "no-gradient",
      text: expect.stringMatching(/^No gradient in 30 episodes, so nothing was learned: the last 30 episodes average /),
    });
    expect(run.result().verdict.text).toContain(`. ${reason}.`);
    expect(train().warning).toBeUndefined();
  });
});

describe("an update", () => {
  const episode: Played = { states: [0, 1], actions: [1, 0], rewards: [1, 3] };

  it("makes actions that earned more than expected likelier: the sign is right", () => {
    const upward: Played = { ...episode, actions: [1, 1] };
    const learner = learnerFor(2, discrete(2), { baseline: "none", learningRate: 0.1 });
    const logProbs = (): number[] => {
      const batch = batchOf([upward], 2);
      return [...learner.policy.distribution(batch).logProb(batch.actions).toArray()];
    };
    const before = logProbs();
    updated(learner, batchOf([upward], 2), 0);
    logProbs().forEach((after, t) => void expect(after).toBeGreaterThan(before[t]));
  });
  it("reports the gradient's length before it is clipped, and clips it for the step", () => {
    const free = learnerFor(2, discrete(2), { baseline: "none" });
    const clipped = learnerFor(2, discrete(2), { baseline: "none", maxGradNorm: 0.1 });
    const length = (values: readonly number[]): number =>
      Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
    const norm = updated(free, batchOf([episode], 2), 0).gradientNorm;
    expect(norm).toBeCloseTo(length(gradients(free.policy.parameters())), 5);
    expect(norm).toBeGreaterThan(1);
    expect(updated(clipped, batchOf([episode], 2), 0).gradientNorm).toBe(norm);
    expect(length(gradients(clipped.policy.parameters()))).toBeCloseTo(0.1, 5);

    const both = learnerFor(2, discrete(2), { baseline: "value", maxGradNorm: 0.1 });
    updated(both, batchOf([episode], 2), 0);
    expect(length(gradients(both.optimizers[1].parameters))).toBeCloseTo(0.1, 5);
  });
  it("lowers both learning rates along a line, down to the share that is to be left", () => {
    const learner = learnerFor(2, discrete(2), { learningRate: 0.01, valueLearningRate: 0.1, finalLearningRate: 0.5 });
    const rates = [0, 0.5, 1, 2].map((progress) => {
      const { learningRate } = updated(learner, batchOf([episode], 2), progress);
      return [learningRate, ...learner.optimizers.map((optimizer) => optimizer.learningRate)];
    });
    expect(rates).toEqual([
      [0.01, 0.01, 0.1],
      [0.0075, 0.0075, 0.07500000000000001],
      [0.005, 0.005, 0.05],
      [0.005, 0.005, 0.05],
    ]);
  });
  it("moves every weight of the policy and of the value network", () => {
    const learner = learnerFor(2, discrete(2), {
      baseline: "value",
      hidden: [5],
      learningRate: 0.1,
      valueLearningRate: 0.1,
      activation: "tanh",
    });
    const before = learner.weights.map((p) => p.toArray());
    updated(learner, batchOf([episode, { ...episode, rewards: [0, 7] }], 2), 0);
    learner.weights.forEach((p, k) => void expect(p.toArray(), p.name).not.toEqual(before[k]));
  });

  const choices = (name: "baseline" | "normalise" | "returns"): readonly string[] => reinforce.options[name].choices;
  const combinations = choices("baseline").flatMap((baseline) =>
    choices("normalise").flatMap((normalise) =>
      choices("returns").flatMap((returns) =>
        [0, 0.01].map((entropyBonus) => ({ baseline, normalise, returns, entropyBonus })),
      ),
    ),
  );
  const awkward: [string, Played[]][] = [
    [
      "one-step episodes",
      [
        { states: [0], actions: [0], rewards: [1] },
        { states: [1], actions: [1], rewards: [-1] },
      ],
    ],
    ["constant returns", [0, 1].map(() => ({ states: [0, 1, 0], actions: [0, 1, 1], rewards: [0, 0, 9.56] }))],
    ["rewards of 0 alone", [0, 1].map(() => ({ states: [0, 1], actions: [0, 1], rewards: [0, 0] }))],
    ["huge returns", [0, 1].map((i) => ({ states: [0, 1], actions: [i, 1], rewards: [1e9, 1e9 * i] }))],
    [
      "a cut episode beside a single step",
      [
        { states: [0, 1], actions: [0, 1], rewards: [1, 1], truncated: true },
        { states: [0], actions: [1], rewards: [2] },
      ],
    ],
  ];
  it.each(awkward)("stays finite with %s, for any options", (_, episodes) => {
    for (const options of combinations) {
      for (const discountWeight of [false, true]) {
        const learner = learnerFor(2, discrete(2), {
          ...options,
          discountWeight,
          learningRate: 0.01,
          valueLearningRate: 0.01,
          hidden: [3],
        });
        for (const value of Object.values(updated(learner, batchOf(episodes, 2), 0)))
          expect(value).toSatisfy(Number.isFinite);
        for (const p of learner.weights) expect(p.firstNotFinite()).toBe(-1);
      }
    }
  });
  it("gives constant returns no advantage once they are normalised, instead of rounding blown up to ±1", () => {
    const constant = [{ rewards: [0, 0, 9.56] }, { rewards: [0, 0, 9.56] }];
    for (const returns of ["to-go", "whole-episode"]) {
      expect(advantages({ returns, normalise: "batch" }, constant)).toEqual([0, 0, 0, 0, 0, 0]);
      expect(advantages({ returns, normalise: "episode" }, constant)).toEqual([0, 0, 0, 0, 0, 0]);
    }
  });
  it("stays finite where an action has probability 0, and its slope stays below √2 where one so unlikely was taken", () => {
    for (const gap of [-200, -1e30, -Infinity]) {
      const learner = learnerFor(1, discrete(2), { baseline: "none", entropyBonus: 0.01 });
      setWeights(learner.policy.parameters(), (p, i) => (p.shape.length === 1 && i === 1 ? gap : 0));
      const taken = gap === -Infinity ? 0 : 1;
      const diagnostics = updated(learner, batchOf([{ states: [0], actions: [taken], rewards: [1] }], 1), 0);
      expect(diagnostics.entropy).toBe(0);
      expect(diagnostics.loss).toSatisfy(Number.isFinite);
      const slope = learner.policy.parameters()[1].grad!.toArray();
      expect(Math.hypot(...slope)).toBeLessThanOrEqual(Math.SQRT2);
    }
  });
  it("changes nothing if there is only one action", () => {
    const learner = learnerFor(2, discrete(1), { baseline: "none", learningRate: 0.1, entropyBonus: 0.1 });
    const before = learner.policy.parameters().map((p) => p.toArray());
    const { loss, entropy, gradientNorm } = updated(
      learner,
      batchOf([{ states: [0, 1], actions: [0, 0], rewards: [1, 5] }], 2),
      0,
    );
    expect([loss, entropy, gradientNorm].map(Math.abs)).toEqual([0, 0, 0]);
    expect(learner.policy.parameters().map((p) => p.toArray())).toEqual(before);
  });
});

describe("settings", () => {
  it("of every preset are valid, and nothing else is", () => {
    for (const { options, summary } of Object.values(reinforce.presets)) {
      expect(resolveOptions(reinforce.options, options)).toMatchObject(options);
      expect(summary).not.toBe("");
    }
    expect(reinforce.presets.lecture.warning).toMatch(/collapse/);
  });
  it("leave-one-out needs another episode in the update", () => {
    expect(() => learnerFor(2, discrete(2), { baseline: "leave-one-out", episodesPerUpdate: 1 })).toThrow(
      "options.episodesPerUpdate: got 1, allowed is at least 2 with the leave-one-out baseline",
    );
  });
  it("an action space with several parts is refused", () => {
    const pair = { ...discrete(2), kind: "tuple" } as unknown as Space<unknown>;
    expect(() => learnerFor(2, pair)).toThrow(/^actionSpace: .* allowed is any space but Tuple/);
  });
});

describe("learning", () => {
  it("default solves CartPole-v1", () => {
    const run = train({ seed: 0 });
    for (const _ of run);
    const { verdict, solvedAtEpisode } = run.result();
    expect(verdict.kind).toBe("solved");
    expect(solvedAtEpisode).toBeLessThan(400);
  });
  it("stays undecided with a large entropy bonus, where a policy without one has begun to decide", () => {
    const [without, large] = [0, 10].map((entropyBonus) => {
      const updates = [...train({ seed: 0, episodes: 50, options: { entropyBonus } })];
      return updates[49].diagnostics.entropy;
    });
    expect(without).toBeCloseTo(0.572, 2);
    expect(large).toBeCloseTo(0.692, 2);
  });
  it("lecture collapses, and the verdict says so", () => {
    const run = train({ seed: 0, preset: "lecture", episodes: 300 });
    for (const _ of run);
    expect(run.warning).toMatch(/collapse on most seeds/);
    expect(run.result().verdict.kind).toBe("collapsed");
    expect(run.result().verdict.text).toMatch(
      /^Collapsed by episode \d+: entropy 0\.00 nats, the last 20 episodes average 9/,
    );
  });
  it.each(["none", "mean", "leave-one-out", "value"] as const)(
    "finds the target of a throw in two dimensions, with baseline %s",
    (baseline) => {
      const run = trainNamed({
        env: "Throw-v0",
        seed: 1,
        episodes: 3200,
        stopWhenSolved: false,
        options: {
          baseline,
          normalise: "batch",
          episodesPerUpdate: 16,
          learningRate: 0.05,
          hidden: [],
          finalLearningRate: 0,
          scaleActions: false,
        },
      });
      for (const _ of run);
      const [x, y] = run.policy.act(Float32Array.of(1), { deterministic: true }) as Float32Array;
      expect(Math.abs(x - 0.5)).toBeLessThan(0.15);
      expect(Math.abs(y + 1.5)).toBeLessThan(0.15);
      expect(run.result().averageReturn).toBeGreaterThan(-1);
    },
  );
});

/** One throw: the reward is minus the squared distance from (0.5, -1.5). */
register({
  id: "Throw-v0",
  create: () => ({
    observationSpace: box({ low: 0, high: 1 }),
    actionSpace: box({ low: -2, high: 2, shape: [2] }),
    reset: () => ({ observation: Float32Array.of(1), info: {} }),
    step: (action) => {
      const [x, y] = action as Float32Array;
      const reward = -((x - 0.5) * (x - 0.5)) - (y + 1.5) * (y + 1.5);
      return { observation: Float32Array.of(1), reward, terminated: true, truncated: false, info: {} };
    },
  }),
});
