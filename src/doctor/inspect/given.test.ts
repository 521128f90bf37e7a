import { expect, it } from "vitest";
import { type Tensor, tensor } from "../../tensor/index.js";
import { inspect } from "./inspect.js";

/** Calls as JavaScript could, past the types. */
const shown =
  (given: object): (() => unknown) =>
  () =>
    inspect().update(given);

it("a misspelt or unreadable field is an error that names it, what was given and what is allowed", () => {
  expect(() => inspect({ polcy: [] } as object)).toThrow(
    "inspect.polcy: got [], allowed is only policy, valueNetwork, optimizer, actionSpace, gamma, lambda. Did you mean policy?",
  );
  expect(() => inspect({ policy: 1 } as object)).toThrow(
    "inspect.policy: got 1, allowed is a network, a policy, or a list of tensors",
  );
  expect(() => inspect({ policy: new Float32Array(2) } as object)).toThrow("inspect.policy: got Float32Array(0,0)");
  expect(() => inspect({ gamma: 2 })).toThrow("inspect.gamma: got 2, allowed is a number from 0 to 1");
  expect(() => inspect({ optimizer: {} } as object)).toThrow("inspect.optimizer: got {}, allowed is an optimiser");
  expect(shown({ logprobs: [1] })).toThrow("update.logprobs: got [1], allowed is only loss, ");
  expect(shown({ logprobs: [1] })).toThrow("Did you mean logProbs?");
  expect(shown({ advantages: null })).toThrow(
    "update.advantages: got null, allowed is a tensor, a list of tensors or a list of numbers",
  );
  expect(shown({ rewards: ["1"] })).toThrow('update.rewards: got ["1"], allowed is a list of numbers');
  expect(shown({ segments: 3 })).toThrow("update.segments: got 3, allowed is a list of { start, end");
});

it("a refused update leaves no trace: the next one is the first", () => {
  const doctor = inspect();
  expect(() => doctor.update({ advantages: null } as object)).toThrow("update.advantages");
  expect(doctor.update({ loss: 1 })).toMatchObject([{ seen: "loss is a plain number at update 1" }]);
});

it("odd but legal values are read: lists of tensors of several numbers, and nothing at all", () => {
  const logProbs: Tensor[] = [tensor([-1, -2]), tensor([-3])];
  const update = { logProbs, oldLogProbs: [-1, -2, -4], rewards: [0, 0, 0] };
  expect(inspect().update(update)).toMatchObject([{ code: "ratio-not-one" }]);
  expect(inspect().update({ logProbs: [], rewards: [], advantages: new Float32Array(0), entropy: undefined })).toEqual(
    [],
  );
  expect(inspect().update({})).toEqual([]);
});

it("KL that grows late is named in the window in which it does", () => {
  const doctor = inspect();
  const batch = (late: number): string[] => {
    const rewards = [0, 0];
    const logProbs = tensor([-1, -2]);
    doctor.update({ logProbs, oldLogProbs: [-1, -2], rewards });
    return doctor.update({ logProbs, oldLogProbs: [-1 - late, -2 + late], rewards }).map(({ code }) => code);
  };
  for (let i = 0; i < 33; i++) expect(batch(0)).toEqual([]);
  for (let i = 0; i < 8; i++) batch(0.5);
  // Batches 34 to 41 moved. The window of 31 to 40 is the first in which most did, and batch 41 the first to see it full.
  expect(doctor.findings().map(({ code }) => code)).toEqual(["kl-large"]);
});
