/** Parallel environments: the rows of a batch, and the start of the next episode. */

import { describe, expect, it } from "vitest";
import { collecting } from "../../test/collecting.js";
import type { AnyEnv, Value } from "../envs/env.js";
import { make, register } from "../envs/registry.js";
import { mlpPolicy } from "../policies/mlp-policy.js";
import { defaultRng } from "../random/index.js";
import { RunningMoments } from "../running-moments.js";
import { box, discrete, flatSize, flattenInto } from "../spaces/index.js";
import type { Batch } from "./batch.js";
import { promptShard } from "./environments.js";
import type { Episode } from "./episodes.js";
import { bootstrapValues, gae } from "./returns.js";
import { RewardScaling } from "./reward-scaling.js";

/** Alternates between terminated episodes of 2 steps and truncated ones of 3. The first copy starts with the former. */
let copies = 0;
register({
  id: "Turns-v0",
  create: () => {
    const copy = copies++;
    let [episode, t] = [copy - 1, 0];
    const observe = (): Float32Array => Float32Array.of(copy, episode, t);
    return {
      observationSpace: box({ low: -1000, high: 1000, shape: [3] }),
      actionSpace: discrete(2),
      reset: () => {
        [episode, t] = [episode + 1, 0];
        return { observation: observe(), info: {} };
      },
      step: () => {
        t++;
        const terminated = episode % 2 === 0 && t === 2;
        const truncated = episode % 2 === 1 && t === 3;
        return { observation: observe(), reward: 100 * copy + 10 * episode + t, terminated, truncated, info: {} };
      },
    };
  },
});

interface Played {
  readonly batch: Batch;
  readonly episodes: readonly Episode[];
  readonly actions: readonly number[];
  /** The moments of the policy's normaliser at the end of the batch. */
  readonly shift: readonly number[];
  readonly scale: readonly number[];
}

/** Two consecutive batches of an untrained policy. */
function played(
  id: string,
  n: number,
  steps: number,
  seeds: readonly bigint[],
  {
    normaliseObservations = false,
    rewardScaling,
  }: { normaliseObservations?: boolean; rewardScaling?: RewardScaling } = {},
): Played[] {
  const env = promptShard(id, { first: 0, count: n }, n, {});
  const { observationSpace, actionSpace } = env;
  const rng = defaultRng(1);
  const network = { hidden: [6], activation: "tanh" as const, rng, normaliseObservations, scaleActions: false };
  const policy = mlpPolicy({ observationSpace, actionSpace, ...network });
  const collect = { steps, envs: n };
  const { whole } = collecting({ env, policy, rng: defaultRng(2), collect, rewardScaling }, seeds);
  return [1, 2].map(() => {
    const { batch, episodes } = whole();
    const { shift, scale } = policy.normaliser ?? { shift: [], scale: [] };
    return { batch, episodes, actions: [...batch.actions.toArray()], shift: [...shift], scale: [...scale] };
  });
}

describe("a batch of parallel environments", () => {
  it("begins the next episode in the row after an end, and keeps the last observation for the bootstrap alone", () => {
    copies = 0;
    const [{ batch }] = played("Turns-v0", 2, 6, [0n, 0n]);
    // biome-ignore format: one line a copy
    const rows = [
      ...[[0, 0, 0], [0, 0, 1], [0, 1, 0], [0, 1, 1], [0, 1, 2], [0, 2, 0]],
      ...[[1, 1, 0], [1, 1, 1], [1, 1, 2], [1, 2, 0], [1, 2, 1], [1, 3, 0]],
    ];
    expect(batch.features.toNested()).toEqual(rows);
    expect([...batch.rewards]).toEqual([1, 2, 11, 12, 13, 21, 111, 112, 113, 121, 122, 131]);
    expect(batch.segments).toEqual([
      { start: 0, end: 2, terminated: true, truncated: false },
      { start: 2, end: 5, terminated: false, truncated: true },
      { start: 5, end: 6, terminated: false, truncated: false },
      { start: 6, end: 9, terminated: false, truncated: true },
      { start: 9, end: 11, terminated: true, truncated: false },
      { start: 11, end: 12, terminated: false, truncated: false },
    ]);
    // The last observation of each episode, which is in no row of features, or the next one to act on.
    // biome-ignore format: one line
    const finals = [[0, 0, 2], [0, 1, 3], [0, 2, 1], [1, 1, 3], [1, 2, 2], [1, 3, 1]];
    expect(batch.finalFeatures.toNested()).toEqual(finals);
  });

  it("continues an episode in the next batch, and counts its whole return", () => {
    copies = 0;
    const [first, second] = played("Turns-v0", 2, 6, [0n, 0n]);
    // In the order in which they ended.
    expect(first.episodes).toEqual([
      { return: 3, length: 2, lastStep: 4 },
      { return: 336, length: 3, lastStep: 6 },
      { return: 36, length: 3, lastStep: 10 },
      { return: 243, length: 2, lastStep: 10 },
    ]);
    const rows = second.batch.features.toNested() as number[][];
    expect([rows[0], rows[6]]).toEqual([
      [0, 2, 1],
      [1, 3, 1],
    ]);
    expect(second.batch.segments[0]).toEqual({ start: 0, end: 1, terminated: true, truncated: false });
    expect(second.episodes[0]).toEqual({ return: 43, length: 2, lastStep: 14 });
  });

  it("bootstraps a truncated episode from its last observation, a terminated one from 0, an open one from the next observation", () => {
    copies = 0;
    const [{ batch }] = played("Turns-v0", 2, 6, [0n, 0n]);
    // V of an observation: its three numbers as decimal digits.
    const worth = (rows: number[][]): number[] => rows.map(([copy, episode, t]) => 100 * copy + 10 * episode + t);
    const finalValues = bootstrapValues(batch.segments, worth(batch.finalFeatures.toNested() as number[][]));
    expect([...finalValues]).toEqual([0, 13, 21, 113, 0, 131]);
    const values = worth(batch.features.toNested() as number[][]);
    const advantages = gae(batch.rewards, values, batch.segments, { gamma: 1, lambda: 0, finalValues });
    // Each reward is V of the state that it leads to, so that δ = 2·V(s') - V(s), and r - V(s) at a terminal state.
    expect([...advantages]).toEqual([2, 1, 12, 13, 14, 22, 112, 113, 114, 122, 1, 132]);
  });

  it.each(["CartPole-v1", "Pendulum-v1", "FrozenLake-v1", "Blackjack-v1"])(
    "holds the rows of single environments with the same seeds and actions: %s",
    (id) => {
      const seeds = [3n, 1n, 4n];
      const steps = 150;
      const [first, second] = played(id, 3, steps, seeds);
      for (const [copy, seed] of seeds.entries()) {
        const env = make(id) as AnyEnv;
        const size = flatSize(env.observationSpace);
        let { observation } = env.reset({ seed });
        for (const { batch, actions } of [first, second]) {
          const features = batch.features.toArray();
          for (let row = copy * steps; row < (copy + 1) * steps; row++) {
            const seen = new Float32Array(size);
            flattenInto(env.observationSpace, observation, seen);
            expect([...features.subarray(row * size, (row + 1) * size)]).toEqual([...seen]);
            const stored = actions[row];
            const action: Value = env.actionSpace.kind === "box" ? within(env, stored) : stored;
            const step = env.step(action);
            expect(batch.rewards[row]).toBe(step.reward);
            const segment = batch.segments.find(({ end }) => end === row + 1);
            const over = step.terminated || step.truncated;
            expect([segment?.terminated ?? false, segment?.truncated ?? false]).toEqual([
              step.terminated,
              step.truncated,
            ]);
            observation = over ? env.reset().observation : step.observation;
          }
        }
      }
    },
  );

  it("counts the steps of all copies, and takes them all together", () => {
    const env = promptShard("CartPole-v1", { first: 0, count: 4 }, 4, {});
    const { observationSpace, actionSpace } = env;
    const policy = mlpPolicy({ observationSpace, actionSpace, hidden: [], activation: "tanh", rng: defaultRng(1) });
    const seeds = [0n, 1n, 2n, 3n];
    const { collector, collect } = collecting(
      { env, policy, rng: defaultRng(2), collect: { steps: 5, envs: 4 } },
      seeds,
    );
    expect(collect(1)).toBeUndefined();
    expect({ started: collector.started, steps: collector.steps }).toEqual({ started: true, steps: 0 });
    expect(collect(1)).toBeUndefined();
    expect(collector.steps).toBe(4);
    expect(collect(12)).toBeUndefined();
    expect(collector.steps).toBe(16);
    expect(collect(1)!.batch.size).toBe(20);
    expect(collector.steps).toBe(20);
  });
});

describe("normalised observations", () => {
  it("are stored as the policy saw them, with the moments of that step", () => {
    const [{ batch }] = played("CartPole-v1", 3, 40, [3n, 1n, 4n], { normaliseObservations: true });
    const raw = played("CartPole-v1", 3, 40, [3n, 1n, 4n])[0].batch.features.toArray();
    const seen = batch.features.toArray();
    // The first row of each copy: mean and deviation over the three first observations, 1e-4 rows of (0, 1) beside them.
    const column = [0, 1, 2].map((copy) => raw[copy * 40 * 4]);
    const mean = (column[0] + column[1] + column[2]) / 3.0001;
    const square = (column[0] ** 2 + column[1] ** 2 + column[2] ** 2 + 1e-4) / 3.0001;
    const deviation = Math.sqrt(square - mean * mean + 1e-8);
    [0, 1, 2].forEach((copy) => void expect(seen[copy * 40 * 4]).toBeCloseTo((column[copy] - mean) / deviation, 3));
    expect(Math.max(...seen.map(Math.abs))).toBeLessThanOrEqual(10);
  });

  it("and last observations are normalised too, with the moments at the end of the batch", () => {
    copies = 0;
    const [{ batch, shift, scale }] = played("Turns-v0", 2, 6, [0n, 0n], { normaliseObservations: true });
    copies = 0;
    const raw = played("Turns-v0", 2, 6, [0n, 0n])[0].batch.finalFeatures.toNested() as number[][];
    const expected = raw.map((row) => row.map((value, j) => Math.fround(Math.fround(value - shift[j]) * scale[j])));
    expect(batch.finalFeatures.toNested()).toEqual(expected);
    expect(expected[0][2]).toBeGreaterThan(0.5);
  });
});

describe("scaled rewards", () => {
  it("are those that the learner sees, and R restarts with each episode; reported returns are not scaled", () => {
    copies = 0;

    const [{ batch, episodes }] = played("Turns-v0", 2, 6, [0n, 0n], { rewardScaling: new RewardScaling(2, 0.5) });
    // By hand: R of both copies step by step, 0 again after an end.
    const rewards = [
      [1, 111],
      [2, 112],
      [11, 113],
      [12, 121],
      [13, 122],
      [21, 131],
    ];
    const ends = [[], [0], [1], [], [0, 1], []];
    const moments = new RunningMoments(1);
    const R = [0, 0];
    const expected = rewards.map((paid, t) => {
      paid.forEach((reward, copy) => void (R[copy] = 0.5 * R[copy] + reward));
      moments.update(R, 2);
      for (const copy of ends[t]) R[copy] = 0;
      return paid.map((reward) => Math.min(10, reward * (1 / Math.sqrt(moments.variance[0] + 1e-8))));
    });
    expect([...batch.rewards]).toEqual([...expected.map((row) => row[0]), ...expected.map((row) => row[1])]);
    expect(episodes[0]).toEqual({ return: 3, length: 2, lastStep: 4 });
  });
});

function within({ actionSpace }: AnyEnv, action: number): Float32Array {
  const { low, high } = actionSpace as { low: Float32Array; high: Float32Array } & typeof actionSpace;
  return Float32Array.of(Math.min(high[0], Math.max(low[0], action)));
}
