import { describe, expect, it } from "vitest";
import { categorical } from "../../distributions/index.js";
import { type Mlp, mlp } from "../../nn/index.js";
import { adam, type Optimizer, sgd } from "../../optim/index.js";
import { defaultRng, type Generator } from "../../random/index.js";
import { box } from "../../spaces/index.js";
import { noGrad, stack, type Tensor, tensor } from "../../tensor/index.js";
import { inspect } from "./inspect.js";
import type { InspectOptions, LoopUpdate } from "./loop.js";

/** Eight numbers of mean 0 and deviation 1. */
const UNIT = [1.5, -0.5, -1, 0.5, 0.75, -1.25, 0.25, -0.25].map((u) => u / Math.sqrt(6 / 8));

/** What the parts of a loop have at hand. */
interface Scene {
  readonly rng: Generator;
  readonly policy: Mlp;
  readonly value: Mlp;
  readonly states: Tensor;
  readonly actions: Int32Array;
  readonly advantages: Float64Array;
}

interface Parts {
  readonly learningRate?: number;
  readonly optimizer?: (scene: Scene) => Optimizer;
  readonly shown?: (scene: Scene) => InspectOptions;
  /** What is shown of an update; the loss is also learned from. */
  readonly update?: (scene: Scene) => LoopUpdate & { readonly loss: Tensor };
  readonly zeroGrad?: boolean;
  readonly step?: boolean;
  readonly learn?: boolean;
  readonly updates?: number;
}

const logProbsOf = ({ policy, states, actions }: Scene): Tensor => categorical(policy.forward(states)).logProb(actions);

/** The right loss of log π and advantages. */
function right(scene: Scene): LoopUpdate & { readonly loss: Tensor } {
  const logProbs = logProbsOf(scene);
  const { advantages } = scene;
  return { logProbs, advantages, loss: logProbs.mul(tensor(advantages)).mean().neg() };
}

const negated = ({ loss, ...rest }: ReturnType<typeof right>): ReturnType<typeof right> => ({
  ...rest,
  loss: loss.neg(),
});

/** The codes that the doctor finds beside a loop over 12 random states. */
function found({
  learningRate = 0.01,
  updates = 12,
  zeroGrad = true,
  step = true,
  learn = true,
  ...parts
}: Parts = {}) {
  const rng = defaultRng(0);
  const policy = mlp({ sizes: [3, 8, 2], activation: "tanh", rng });
  const value = mlp({ sizes: [3, 8, 1], activation: "tanh", rng, name: "value" });
  const numbers = (n: number): Float64Array => Float64Array.from({ length: n }, () => rng.standardNormal());
  const drawn = (): Scene => ({
    rng,
    policy,
    value,
    states: tensor(numbers(36), [12, 3]),
    actions: Int32Array.from({ length: 12 }, () => rng.integers(2)),
    advantages: numbers(12),
  });
  const optimizer = parts.optimizer?.(drawn()) ?? adam(policy.parameters(), { learningRate });
  const doctor = inspect(parts.shown?.(drawn()) ?? { policy, optimizer });
  for (let k = 0; k < updates; k++) {
    const given = (parts.update ?? right)(drawn());
    doctor.update(given);
    if (!learn) continue;
    if (zeroGrad) optimizer.zeroGrad();
    given.loss.backward();
    if (step) optimizer.step();
  }
  return doctor.findings();
}
const codes = (parts: Parts): string[] => found(parts).map(({ code }) => code);

describe("inspect", () => {
  it("finds nothing in a loop that is right", () => {
    expect(codes({})).toEqual([]);
    expect(codes({ updates: 60, learningRate: 3e-4 })).toEqual([]);
    expect(codes({ updates: 60, optimizer: ({ policy }) => sgd(policy.parameters(), { learningRate: 0.05 }) })).toEqual(
      [],
    );
  });

  it("says each thing once, when it sees it first, and lists all of them", () => {
    const policy = mlp({ sizes: [3, 2], rng: defaultRng(0) });
    const doctor = inspect({ policy });
    const given = { logProbs: [0.1, 0.2], loss: 1 };
    expect(doctor.update(given).map(({ code }) => code)).toEqual(["number-for-tensor"]);
    expect(doctor.update(given)).toEqual([]);
    expect(doctor.findings()).toHaveLength(1);
    expect(doctor.findings()[0]).toMatchObject({ severity: "error", seen: "logProbs are plain numbers at update 1" });
  });

  it.each<[string, Parts]>([
    ["wrong-sign", { update: (s) => negated(right(s)) }],
    ["gradients-kept", { zeroGrad: false }],
    ["weights-unmoved", { step: false, updates: 25 }],
    ["learning-rate-high", { learningRate: 0.5 }],
    ["learning-rate-low", { learningRate: 1e-7, updates: 60 }],
    [
      "parameters-not-optimised",
      {
        optimizer: ({ rng }) => adam(mlp({ sizes: [3, 2], rng }).parameters(), { learningRate: 0.01 }),
        learn: false,
        shown: ({ policy, value }) => ({ policy, optimizer: adam(value.parameters(), { learningRate: 0.01 }) }),
      },
    ],
    ["number-for-tensor", { update: (s) => ({ ...right(s), logProbs: logProbsOf(s).toArray() }) }],
    [
      "log-prob-detached",
      {
        learn: false,
        update(s) {
          const logProbs = noGrad(() => logProbsOf(s));
          return { logProbs, advantages: s.advantages, loss: logProbs.mul(tensor(s.advantages)).mean().neg() };
        },
      },
    ],
    [
      "baseline-leaks",
      {
        shown: ({ policy, value }) => ({ policy, valueNetwork: value }),
        update(s) {
          const logProbs = logProbsOf(s);
          const advantages = tensor(s.advantages).sub(s.value.forward(s.states).reshape([12]));
          return { logProbs, advantages, loss: logProbs.mul(advantages).mean().neg() };
        },
      },
    ],
    [
      "outer-product",
      {
        update(s) {
          const { logProbs, ...rest } = right(s);
          return { ...rest, logProbs, advantages: tensor(s.advantages, [12, 1]) };
        },
      },
    ],
    [
      "advantages-not-finite",
      { learn: false, update: (s) => ({ ...right(s), advantages: s.advantages.fill(Number.NaN, 3) }) },
    ],
    ["deviation-of-one", { learn: false, updates: 20, update: (s) => ({ ...right(s), advantages: [0] }) }],
    ["entropy-not-finite", { update: (s) => ({ ...right(s), entropy: Number.NaN }) }],
    ["loss-not-finite", { learn: false, update: (s) => ({ ...right(s), loss: right(s).loss.mul(Number.NaN) }) }],
    [
      "inspected-late",
      {
        learn: false,
        update(s) {
          const given = right(s);
          given.loss.backward();
          return { loss: given.loss };
        },
      },
    ],
    [
      "clipped-action-stored",
      {
        shown: () => ({ actionSpace: box({ low: -1, high: 1, shape: [1] }) }),
        update: (s) => ({ ...right(s), actions: s.advantages.map((u) => Math.min(1, Math.max(-1, u))) }),
      },
    ],
    ["normalised-in-parts", { update: (s) => ({ ...right(s), advantages: [...UNIT, ...UNIT] }) }],
  ])("names %s, and nothing else", (code, parts) => {
    expect(codes(parts)).toEqual([code]);
  });

  it("names log-probabilities that an earlier update has used up", () => {
    const kept: Tensor[] = [];
    const update = (s: Scene): LoopUpdate & { readonly loss: Tensor } => {
      kept.push(categorical(s.policy.forward(s.states.slice(0, 1).reshape([3]))).logProb(0));
      return { logProbs: [...kept], loss: stack(kept.slice(-1)).sum().neg() };
    };
    expect(codes({ update, updates: 2 })).toEqual(["log-probs-stale"]);
  });

  it("says of one normalised episode an update that it is worth knowing, and nothing of a batch of several", () => {
    const whole = (terminated: readonly boolean[]) => (s: Scene) => ({
      ...right(s),
      advantages: UNIT,
      rewards: UNIT.map(() => 1),
      terminated,
    });
    const once = UNIT.map((_, t) => t === 7);
    const twice = UNIT.map((_, t) => t === 2 || t === 7);
    expect(found({ update: whole(once) })).toMatchObject([{ code: "normalised-by-episode", severity: "note" }]);
    expect(found({ update: whole(twice) })).toEqual([]);
  });

  it("names episodes that all seem to die at the same, greatest age", () => {
    const lengths = [25, 30, 12, 30, 18, 30, 7, 30, 3, 30, 9, 30];
    const terminated = lengths.flatMap((n) => Array.from({ length: n }, (_, t) => t === n - 1));
    const rewards = terminated.map(() => 1);
    const doctor = inspect();
    const [finding] = doctor.update({ rewards, terminated });
    expect(finding).toMatchObject({ code: "limit-as-death", severity: "warning" });
    expect(finding.seen).toContain("6 episodes ended as terminated after exactly 30 steps, 6 after fewer");
    expect(inspect().update({ rewards, terminated: terminated.map(() => false), truncated: terminated })).toEqual([]);
  });
});
