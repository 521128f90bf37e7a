/** What an environment says about its episodes in `info`, as updates report it. */

import { expect, test } from "vitest";
import type { AnyAsyncEnv } from "../envs/async-env.js";
import type { Env, Info, StepResult } from "../envs/env.js";
import { box, discrete } from "../spaces/index.js";
import { resume, train } from "./train.js";
import type { Update } from "./types.js";

type Plain = Env<Float32Array, number>;

/** Episodes of two steps. `info` has the number of the episode, and is one object that a reset empties again. */
function counting(): Plain {
  let [episode, step] = [0, 0];
  const info: Record<string, unknown> = {};
  const observe = (): Float32Array => Float32Array.of(step);
  return {
    observationSpace: box({ low: 0, high: 2, shape: [1] }),
    actionSpace: discrete(2),
    reset() {
      episode++;
      step = 0;
      delete info.episode;
      return { observation: observe(), info: { episode: 1e6 } };
    },
    step() {
      info.episode = episode;
      info.even = episode % 2 === 0;
      info.step = ++step;
      return { observation: observe(), reward: 1, terminated: step === 2, truncated: false, info };
    },
    snapshot: () => [episode, step],
    restore(state) {
      [episode, step] = state as [number, number];
    },
  };
}

function late(env: Plain): AnyAsyncEnv {
  return {
    ...env,
    asynchronous: true,
    reset: async (options) => env.reset(options),
    step: async (action) => env.step(action as number),
  };
}

const config = {
  algorithm: "ppo",
  steps: 24,
  options: { envs: 2, rolloutSteps: 6, minibatchSize: 6, epochs: 1, hidden: [4] },
} as const;
/** Two copies with three episodes an update. */
const expected = [
  { episode: 2, even: 1 / 3, step: 2 },
  { episode: 5, even: 2 / 3, step: 2 },
];
const infos = (updates: readonly Update[]): unknown => updates.map(({ info }) => info);

test("an update has the means of the numbers in the last step's info", () => {
  expect(infos([...train({ ...config, env: counting })])).toEqual(expected);
});

test("an asynchronous environment gives the same", async () => {
  const updates: Update[] = [];
  for await (const update of train({ ...config, env: () => late(counting()) })) updates.push(update);
  expect(infos(updates)).toEqual(expected);
});

test("a run saved in mid-batch has the same after it is resumed", () => {
  const run = train({ ...config, env: counting });
  for (let i = 0; i < 4; i++) run.advance(2);
  const again = resume(run.checkpoint(), { env: counting });
  expect(infos([...again])).toEqual(expected);
});

test("equations have no info, and neither has an environment that leaves it out", () => {
  expect(infos([...train({ ...config, env: "CartPole-v1" })])).toEqual([{}, {}]);
  const bare = (): Plain => {
    const env = counting();
    const without = (result: StepResult<Float32Array>) => ({ ...result, info: undefined as unknown as Info });
    return { ...env, step: (action) => without(env.step(action)) };
  };
  expect(infos([...train({ ...config, env: bare })])).toEqual([{}, {}]);
});
