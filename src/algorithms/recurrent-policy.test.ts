/** PPO with a recurrent policy: batches, updates and checkpoints. */

import { describe, expect, it } from "vitest";
import { type Collecting, collecting } from "../../test/collecting.js";
import { register } from "../envs/registry.js";
import { type ActorCritic, actorCriticNetworks } from "../policies/actor-critic.js";
import { defaultRng } from "../random/index.js";
import type { Batch } from "../rollout/batch.js";
import { promptShard } from "../rollout/environments.js";
import { inMinibatches, type Steps } from "../rollout/minibatches.js";
import { box, discrete } from "../spaces/index.js";
import { noGrad, type Tensor, tensor, zeros } from "../tensor/index.js";
import { loadPolicy, resume, trainNamed } from "../training/train.js";
import type { Training } from "../training/types.js";

/** A memory task: a sign is shown in the first step only, and must be chosen in the last. */
register({
  id: "RememberSign-v0",
  create: () => {
    const rng = defaultRng(0);
    let [sign, t] = [1, 0];
    const observe = (): Float32Array => Float32Array.of(t === 0 ? sign : 0, t / 3);
    return {
      observationSpace: box({ low: -1, high: 1, shape: [2] }),
      actionSpace: discrete(2),
      reset({ seed } = {}) {
        if (seed !== undefined) rng.reseed(BigInt(seed));
        [sign, t] = [2 * rng.integers(2) - 1, 0];
        return { observation: observe(), info: {} };
      },
      step(action) {
        t++;
        const reward = t === 3 && action === (sign > 0 ? 1 : 0) ? 1 : 0;
        return { observation: observe(), reward, terminated: t === 3, truncated: false, info: {} };
      },
      snapshot: () => ({ sign, t, rng: rng.snapshot() as never }),
      restore(state) {
        const saved = state as unknown as { sign: number; t: number; rng: ReturnType<typeof rng.snapshot> };
        [sign, t] = [saved.sign, saved.t];
        rng.restore(saved.rng);
      },
    };
  },
});

const gruRun = (options: Readonly<Record<string, unknown>>, steps: number, env = "CartPole-v1"): Training =>
  trainNamed({
    algorithm: "ppo",
    env,
    seed: 2,
    steps,
    stopWhenSolved: false,
    options: { policy: "gru", memorySize: 6, envs: 4, rolloutSteps: 25, hidden: [7], ...options },
  });

describe("the ratio on the first pass is 1, not nearly", () => {
  const kinds: [string, string, Record<string, unknown>][] = [
    ["categorical", "CartPole-v1", {}],
    ["one trunk", "CartPole-v1", { trunk: "shared" }],
    ["no hidden layer", "CartPole-v1", { hidden: [] }],
    ["Gaussian, normalised", "Pendulum-v1", { normaliseObservations: true, scaleRewards: true }],
    ["squashed Gaussian", "Pendulum-v1", { continuous: "squashed-gaussian" }],
    ["state-dependent noise", "MountainCarContinuous-v0", { continuous: "state-dependent", noiseSteps: 4 }],
    ["state-dependent noise, one trunk", "Pendulum-v1", { continuous: "state-dependent", trunk: "shared" }],
  ];
  it.each(kinds)("%s", (_, env, options) => {
    const learning = { epochs: 1, minibatchSize: 100, learningRate: 0.01 };
    // With a learning rate of 0, every minibatch is like the first.
    const still = { epochs: 2, minibatchSize: 50, learningRate: 0 };
    for (const given of [learning, still]) {
      for (const { diagnostics } of gruRun({ ...options, ...given }, 500, env)) {
        const { klK1, klK3, clipFraction } = diagnostics;
        expect([klK1, klK3, clipFraction].map(Math.abs)).toEqual([0, 0, 0]);
      }
    }
  });
});

/** Networks with a memory, and a collector of their batches. */
function collected(
  copies: number,
  steps: number,
  { trunk = "separate", id = "CartPole-v1" }: { trunk?: "separate" | "shared"; id?: string } = {},
): { networks: ActorCritic; collection: Collecting } {
  const env = promptShard(id, { first: 0, count: copies }, copies, {});
  const { observationSpace, actionSpace } = env;
  const networks = actorCriticNetworks({
    observationSpace,
    actionSpace,
    hidden: [7],
    activation: "tanh",
    trunk,
    memory: 6,
    rng: defaultRng(1),
  });
  const { policy } = networks;
  const seeds = Array.from({ length: copies }, (_, copy) => BigInt(copy));
  return {
    networks,
    collection: collecting({ env, policy, rng: defaultRng(2), collect: { steps, envs: copies } }, seeds),
  };
}

/** The rows in which episodes begin, from the segments. */
const begun = ({ segments }: Batch, steps: number): number[] =>
  segments.map(({ start }) => start).filter((start) => start % steps !== 0);

/** The memory after each row, computed step by step for each copy. */
function remembered({ policy }: ActorCritic, batch: Batch): Tensor[] {
  const { memory } = policy;
  const { sequences, features } = batch;
  if (memory === undefined || sequences === undefined) throw new Error("there is no memory");
  const { copies, steps, begins } = sequences;
  return Array.from({ length: copies }, (_, copy) => copy).flatMap((copy) => {
    let carried = sequences.memory.slice(copy, copy + 1);
    return Array.from({ length: steps }, (__, t) => {
      const row = copy * steps + t;
      if (begins[row] === 1) carried = zeros([1, memory.size]);
      carried = noGrad(() => memory.step(features.slice(row, row + 1), carried));
      return carried;
    });
  });
}

describe("a batch", () => {
  it("records where episodes begin, and the memory at the start of each sequence", () => {
    const { networks, collection } = collected(3, 40);
    const first = collection.whole().batch;
    expect(first.sequences).toMatchObject({ copies: 3, steps: 40 });
    expect(first.sequences?.memory.toArray()).toEqual(new Float32Array(18));
    const rows = Array.from(first.sequences?.begins ?? []).flatMap((begins, row) => (begins === 1 ? [row] : []));
    expect(rows).toEqual(begun(first, 40));
    expect(rows.length).toBeGreaterThan(2);
    const after = remembered(networks, first);
    const second = collection.whole().batch;
    // Each copy's episode goes on, so that its memory is that of the last row before.
    const last = [39, 79, 119].flatMap((row) => [...after[row].toArray()]);
    expect([...(second.sequences?.memory.toArray() ?? [])]).toEqual(last);
  });

  it("keeps no layer outputs, because the network's inputs change with the memory's weights", () => {
    const { networks, collection } = collected(3, 40);
    const { batch } = collection.whole();
    expect(batch.forwardCache).toBeUndefined();
    const [input] = networks.policy.parameters();
    input.set(input.toArray().map((value) => -value));
    const moved = networks.policy.distribution(batch).logProb(batch.actions).toArray();
    expect(moved).not.toEqual(batch.logProbs.toArray());
  });

  it("starts with an empty memory if an episode has just ended", () => {
    const { collection } = collected(2, 3, { id: "RememberSign-v0" });
    for (let i = 0; i < 3; i++) {
      const { batch } = collection.whole();
      expect(batch.segments.map(({ end, terminated }) => [end, terminated])).toEqual([
        [3, true],
        [6, true],
      ]);
      expect(batch.sequences?.memory.toArray()).toEqual(new Float32Array(12));
      expect(batch.sequences?.begins).toEqual(new Uint8Array(6));
    }
  });

  it.each(["separate", "shared"] as const)(
    "has the bits of stepping the memory by hand, in π, in V, and in V of what follows: %s trunk",
    (trunk) => {
      const { networks, collection } = collected(3, 40, { trunk });
      const { policy } = networks;
      for (let i = 0; i < 2; i++) {
        const { batch } = collection.whole();
        const rows = remembered(networks, batch);
        const inputs = policy.networkInputs(batch);
        expect([...inputs.toArray()]).toEqual(rows.flatMap((row) => [...row.toArray()]));
        const { pi, values } = networks.forward(batch);
        expect(pi.logProb(batch.actions).toArray()).toEqual(batch.logProbs.toArray());
        expect(policy.distribution(batch).logProb(batch.actions).toArray()).toEqual(batch.logProbs.toArray());
        expect(networks.valuesOf(batch)).toEqual(values.toArray());

        // V by hand: a single sequence of a single step that goes on from the memory after the segment's last row.
        const after = batch.segments.map(({ end }) => end - 1);
        const byHand = after.map((row, segment) => {
          const features = batch.finalFeatures.slice(segment, segment + 1);
          const sequences = { copies: 1, steps: 1, begins: new Uint8Array(1), memory: rows[row] };
          return networks.valuesOf({ features, sequences })[0];
        });
        expect([...networks.valuesAfter(batch, after, batch.finalFeatures)]).toEqual(byHand);
        const forgetful = networks.valuesOf({
          features: batch.finalFeatures,
          sequences: {
            copies: after.length,
            steps: 1,
            begins: new Uint8Array(after.length),
            memory: zeros([after.length, 6]),
          },
        });
        expect([...forgetful]).not.toEqual(byHand);
      }
    },
  );
});

describe("minibatches of sequences", () => {
  /** Steps whose features, actions and returns contain their row number. */
  function numbered(copies: number, steps: number): Steps {
    const rows = Float32Array.from({ length: copies * steps }, (_, row) => row);
    return {
      features: tensor(rows, [rows.length, 1]),
      actions: tensor(rows),
      logProbs: tensor(rows),
      values: tensor(rows),
      returns: tensor(rows),
      masks: tensor(rows, [rows.length, 1]),
      advantages: Float64Array.from(rows),
      sequences: {
        copies,
        steps,
        begins: Uint8Array.from(rows, (row) => (row % 5 === 3 ? 1 : 0)),
        memory: tensor(
          Float32Array.from({ length: copies * 2 }, (_, i) => i),
          [copies, 2],
        ),
      },
    };
  }

  it("hold whole sequences, each with its memory and the rows in which episodes begin", () => {
    const seen: number[] = [];
    const sizes: number[] = [];
    for (const part of inMinibatches(numbered(5, 4), 9, defaultRng(0))) {
      const { sequences } = part;
      const rows = [...part.features.toArray()];
      const copies = rows.filter((_, i) => i % 4 === 0).map((row) => row / 4);
      expect(rows).toEqual(copies.flatMap((copy) => [0, 1, 2, 3].map((t) => 4 * copy + t)));
      for (const column of [part.actions, part.logProbs, part.values, part.returns, part.masks])
        expect([...(column?.toArray() ?? [])]).toEqual(rows);
      expect([...part.advantages]).toEqual(rows);
      expect([sequences?.copies, sequences?.steps]).toEqual([copies.length, 4]);
      expect([...(sequences?.begins ?? [])]).toEqual(rows.map((row) => (row % 5 === 3 ? 1 : 0)));
      expect(sequences?.memory.toNested()).toEqual(copies.map((copy) => [2 * copy, 2 * copy + 1]));
      seen.push(...copies);
      sizes.push(copies.length);
    }
    expect(sizes).toEqual([2, 2, 1]);
    expect(seen).not.toEqual([0, 1, 2, 3, 4]);
    expect(seen.sort()).toEqual([0, 1, 2, 3, 4]);
  });

  it("have at least one sequence, and are the steps themselves if one would hold them all", () => {
    const sizes = Array.from(inMinibatches(numbered(3, 4), 1, defaultRng(0)), ({ advantages }) => advantages.length);
    expect(sizes).toEqual([4, 4, 4]);
    const steps = numbered(3, 4);
    for (const size of [12, 15]) expect([...inMinibatches(steps, size, defaultRng(0))]).toEqual([steps]);
    expect([...inMinibatches(numbered(3, 4), 11, defaultRng(0))]).toHaveLength(2);
  });

  it("give gradients that add up to that of the batch", () => {
    const { networks, collection } = collected(4, 20);
    const { batch } = collection.whole();
    const numbers = tensor(defaultRng(3).standardNormal(80));
    const steps: Steps = { ...batch, values: numbers, returns: numbers, advantages: new Float64Array(80) };
    const gradientOf = (parts: Iterable<Steps>): Float32Array[] => {
      for (const p of networks.parameters) p.grad = undefined;
      for (const part of parts) {
        const { pi, values } = networks.forward(part);
        pi.logProb(part.actions).mul(part.returns).sum().add(values.mul(part.returns).sum()).backward();
      }
      return networks.parameters.map((p) => p.grad?.toArray() ?? new Float32Array());
    };
    const whole = gradientOf([steps]);
    gradientOf(inMinibatches(steps, 20, defaultRng(0))).forEach((slope, i) => {
      slope.forEach((value, j) => void expect(Math.abs(value - whole[i][j])).toBeLessThan(2e-4));
    });
  });
});

describe("a run", () => {
  it.each([
    ["CartPole-v1", {}],
    ["Pendulum-v1", { trunk: "shared", normaliseObservations: true }],
    ["RememberSign-v0", { continuous: "squashed-gaussian" }],
    ["MountainCarContinuous-v0", { continuous: "state-dependent", noiseSteps: 5 }],
  ])("saved in mid-batch goes on with the memory that each copy carries, on %s", (env, options) => {
    const sizes = { ...options, epochs: 2, minibatchSize: 50, learningRate: 0.01 };
    const whole = gruRun(sizes, 500, env);
    const updates = [...whole];
    let run = gruRun(sizes, 500, env);
    // A batch is 100 steps.
    for (const steps of [4, 40, 52, 60]) {
      for (let taken = 0; taken < steps; taken += 4) run.advance(4);
      const saved = run.checkpoint();
      run = resume(saved);
      expect(Buffer.compare(run.checkpoint(), saved)).toBe(0);
    }
    const known = run.result().updates;
    expect(known).toBeLessThan(3);
    expect([...run]).toEqual(updates.slice(known));
    expect(run.result()).toEqual(whole.result());
    expect(Buffer.compare(run.checkpoint(), whole.checkpoint())).toBe(0);
  });

  it("changes every weight of the memory, and the names differ", () => {
    const run = gruRun({ epochs: 2 }, 400);
    const before = run.policy.parameters().map((p) => p.toArray());
    for (const _ of run);
    const weights = run.policy.parameters();
    weights.forEach((p, i) => void expect(p.toArray(), p.name).not.toEqual(before[i]));
    expect(weights.map(({ name, shape }) => [name, shape]).slice(0, 4)).toEqual([
      ["memory.input", [4, 18]],
      ["memory.inputBias", [18]],
      ["memory.hidden", [6, 18]],
      ["memory.hiddenBias", [18]],
    ]);
  });

  it("gives a policy that acts by its memory, also when it is loaded", () => {
    const run = gruRun({}, 200);
    for (const _ of run);
    const { policy } = loadPolicy(run.checkpoint());
    const own = run.policy.initialMemory();
    const other = policy.initialMemory();
    const rng = defaultRng(5);
    for (let t = 0; t < 10; t++) {
      const seen = Float32Array.from(rng.standardNormal(4));
      const a = defaultRng(t);
      const b = defaultRng(t);
      expect(policy.act(seen, { rng: a, memory: other })).toBe(run.policy.act(seen, { rng: b, memory: own }));
      expect(other).toEqual(own);
      expect(own).not.toEqual(run.policy.initialMemory());
    }
  });

  it("solves a memory task that a policy without memory does not solve", () => {
    const settings = { rolloutSteps: 48, envs: 8, epochs: 6, minibatchSize: 96, learningRate: 0.01, hidden: [16] };
    const [recurrent, plain] = ["gru", "mlp"].map((policy) => {
      const run = gruRun({ ...settings, policy, memorySize: 16 }, 15_000, "RememberSign-v0");
      for (const _ of run);
      return run.result().averageReturn as number;
    });
    expect(recurrent).toBeGreaterThan(0.9);
    expect(plain).toBeLessThan(0.7);
  });
});
