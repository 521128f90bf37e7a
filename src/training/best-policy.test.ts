import { describe, expect, it } from "vitest";
import { defineAlgorithm } from "../algorithms/algorithm.js";
import { reinforce } from "../algorithms/reinforce.js";
import { mlpPolicy } from "../policies/mlp-policy.js";
import type { Policy } from "../policies/policy.js";
import { policyOf } from "../policies/policy-of.js";
import { defaultRng } from "../random/index.js";
import { loadPolicy, resume, train } from "./train.js";

const config = { seed: 2, episodes: 40, options: { hidden: [8], learningRate: 0.02 } } as const;
const weightsOf = ({ parameters }: Pick<Policy, "parameters">): number[][] => parameters().map((p) => [...p.toArray()]);

describe("the best policy of a run", () => {
  it("acts as the one that is loaded from its bytes, and later updates don't change it", () => {
    const run = train(config);
    for (const _ of run) if (run.bestPolicy() !== undefined) break;
    const best = run.best();
    const before = weightsOf(best);
    expect(before).toEqual(weightsOf(loadPolicy(run.bestPolicy()!).policy));
    run.advance();
    expect(weightsOf(best)).toEqual(before);
    expect(weightsOf(run.policy)).not.toEqual(before);
    const observation = Float32Array.of(0.1, 0, 0.02, 0);
    const [one, other] = [best, loadPolicy(run.bestPolicy()!).policy].map((policy) =>
      Array.from({ length: 20 }, (_, seed) => policy.act(observation, { rng: defaultRng(seed) })),
    );
    expect(one).toEqual(other);
  });
  it("is the same object until a better one is found, so that its draws go on", () => {
    const run = train(config);
    let found = 0;
    let bytes = run.bestPolicy();
    let best = run.best();
    for (const _ of run) {
      const now = run.bestPolicy();
      const better = now !== undefined && (bytes === undefined || Buffer.compare(now, bytes) !== 0);
      expect(run.best() !== best).toBe(better);
      if (better) found++;
      bytes = now;
      best = run.best();
    }
    expect(found).toBeGreaterThan(1);
    const draws = new Set(Array.from({ length: 50 }, () => run.best().act(Float32Array.of(0, 0, 0, 0))));
    expect(draws.size).toBe(2);
  });
  it("is the policy at hand before 20 episodes have ended", () => {
    const run = train(config);
    expect(run.best()).toBe(run.policy);
    run.advance();
    expect(run.best()).toBe(run.policy);
  });
  it("is there after a resume, and does not disturb the run", () => {
    const run = train(config);
    for (const { update } of run) if (update === 30) break;
    const again = resume(run.checkpoint());
    expect(weightsOf(again.best())).toEqual(weightsOf(run.best()));
    expect(Buffer.compare(again.checkpoint(), run.checkpoint())).toBe(0);
  });
  it("needs no description, so that it is there for networks of one's own too", () => {
    const own = defineAlgorithm({
      ...reinforce,
      name: "undescribed",
      create(context) {
        const learner = reinforce.create(context);
        const { network, head, observationSpace, actionSpace } = mlpPolicy({
          ...context,
          hidden: [4],
          activation: "tanh",
        });
        const policy = policyOf({
          network: { ...network, describe: undefined as never },
          head,
          observationSpace,
          actionSpace,
          rng: context.rng,
        });
        return { ...learner, policy, weights: policy.parameters(), optimizers: [], update: () => figures };
      },
    });
    const figures = { loss: 0, entropy: 1, gradientNorm: 1, learningRate: 0 };
    const run = train({ algorithm: own, episodes: 25 });
    for (const _ of run);
    expect(() => loadPolicy(run.bestPolicy()!)).toThrow(/describe/);
    expect(weightsOf(run.best())).toEqual(weightsOf(run.policy));
  });
});
