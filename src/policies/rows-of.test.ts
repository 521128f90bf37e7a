import { expect, it } from "vitest";
import { defaultRng } from "../random/index.js";
import type { ActionMask } from "../spaces/action-mask.js";
import { box, discrete } from "../spaces/index.js";
import { indices } from "../tensor/index.js";
import { gruPolicy, mlpPolicy } from "./mlp-policy.js";
import type { Policy } from "./policy.js";
import { rowsOf } from "./rows-of.js";

const spaces = { observationSpace: box({ low: -9, high: 9, shape: [2] }), actionSpace: discrete(3) };
const layers = { hidden: [8], activation: "tanh" } as const;
const seen = [Float32Array.of(1, 2), Float32Array.of(-1, 0.5), Float32Array.of(3, 3)];

/** log π of the action 1 in each state. */
function logProbs(policy: Policy, states: readonly Float32Array[], masks?: readonly ActionMask[]): number[] {
  const pi = policy.distribution(rowsOf(policy, states, masks));
  return [...pi.logProb(indices(states.map(() => 1))).toArray()];
}

it("gives what the policy says of each state, with the bits that the state has alone", () => {
  const policy = mlpPolicy({ ...spaces, ...layers, rng: defaultRng(1) });
  expect(logProbs(policy, seen)).toEqual(seen.map((one) => logProbs(policy, [one])[0]));
});

it("takes the observations for an episode if the policy has a memory", () => {
  const policy = gruPolicy({ ...spaces, ...layers, memory: 4, rng: defaultRng(1) });
  const again = logProbs(policy, [seen[0], seen[0]]);
  expect(again[0]).toBe(logProbs(policy, [seen[0]])[0]);
  expect(again[1]).not.toBe(again[0]);
});

it("leaves no probability to what a mask forbids", () => {
  const policy = mlpPolicy({ ...spaces, ...layers, rng: defaultRng(1) });
  const only = seen.map(() => [0, 1, 0]);
  expect(logProbs(policy, seen, only).map(Math.abs)).toEqual([0, 0, 0]);
});

it("says what does not fit", () => {
  const policy = mlpPolicy({ ...spaces, ...layers, rng: defaultRng(1) });
  expect(() => rowsOf(policy, [])).toThrow("observations: got [], allowed is at least one observation");
  expect(() => rowsOf(policy, [[1, 2, 3]])).toThrow(
    "observation: got [1,2,3], allowed is an array of 2 finite numbers",
  );
  expect(() => rowsOf(policy, seen, [[1, 1, 1]])).toThrow("masks: got 1, allowed is 3, one an observation");
  expect(() => rowsOf(policy, [seen[0]], [[0, 0, 0]])).toThrow("masks[0]: got [0,0,0]");
});
