import { expect, test } from "vitest";
import { train } from "./train.js";
import type { TrainConfig, Training } from "./types.js";

const config: TrainConfig = {
  algorithm: "a2c",
  env: "Pendulum-v1",
  steps: 400,
  envOptions: { maxEpisodeSteps: 8 },
  options: { envs: 2, rolloutSteps: 50, hidden: [4], normaliseObservations: true, scaleRewards: false },
};

function trained(): Training {
  const run = train(config);
  for (const _ of run);
  return run;
}
const digest = (run: Training): string => run.result().weightsSha256;

test("a run begins with the weights of a checkpoint: policy, value network and the moments of observations", () => {
  const first = trained();
  const second = train({ ...config, seed: 9, from: first.checkpoint() });
  expect(digest(second)).toBe(digest(first));
  expect(digest(train({ ...config, seed: 9 }))).not.toBe(digest(first));
  expect(second.policy.normaliser?.moments.state()).toEqual(first.policy.normaliser?.moments.state());
  expect(second.result()).toMatchObject({ updates: 0, steps: 0 });
});

test("the best policy brings no value network, which begins anew", () => {
  const first = trained();
  const best = first.bestPolicy();
  if (best === undefined) throw new Error("there were fewer than 20 episodes");
  const second = train({ ...config, seed: 9, from: best });
  const fresh = train({ ...config, seed: 9 });
  expect(second.policy.parameters()[0].toArray()).not.toEqual(fresh.policy.parameters()[0].toArray());
  expect(digest(second)).not.toBe(digest(first));
});

test("weights that don't fit are refused by name, and bytes that are no checkpoint too", () => {
  const from = trained().checkpoint();
  expect(() => train({ ...config, options: { ...config.options, hidden: [8] }, from })).toThrow(
    /^from: got "a2c on Pendulum-v1", allowed is a policy with policy\.0\.weights of shape \[3, 8\], which this one has as \[3, 4\]$/,
  );
  const plain = { ...config, options: { ...config.options, normaliseObservations: false } };
  expect(() => train({ ...config, from: train(plain).checkpoint() })).toThrow(
    /^from: .*allowed is a policy that normalises its observations/,
  );
  expect(() => train({ ...config, from: new Uint8Array(9) })).toThrow(/not/);
  expect(() => train({ ...config, from: "runs/mine" as never })).toThrow(
    /^from: got "runs\/mine", allowed is the bytes of a checkpoint$/,
  );
});
