import { expect, it } from "vitest";
import { defaultRng } from "../random/index.js";
import { discrete } from "../spaces/discrete.js";
import { flatten } from "../spaces/flatten.js";
import { TensorError, tensor } from "../tensor/index.js";
import { mlp } from "./mlp.js";

const net = mlp({ sizes: [48, 2], rng: defaultRng(0) });

it("the plain number of a Discrete observation is refused, with what to write instead", () => {
  const refusal =
    "forward: needs 48 numbers, or a tensor [m, 48], got 20. A Discrete observation is one number of many: " +
    "flatten(env.observationSpace, observation) of ascent/spaces makes its one-hot row";
  expect(() => net.forward(20 as never)).toThrow(new TensorError(refusal));
  const { weights, bias } = net.layers[0];
  const row = weights.slice(20, 21).reshape([2]).add(bias).toNested();
  expect(net.forward(flatten(discrete(48), 20)).toNested()).toEqual(row);
});

it("an array of another length, null and undefined are refused too", () => {
  expect(() => net.forward([1, 2])).toThrow("forward: needs 48 numbers, or a tensor [m, 48], got 2 numbers");
  expect(() => net.forward(null as never)).toThrow("got null");
  expect(() => net.forward(undefined as never)).toThrow("got undefined");
  expect(() => net.forward(tensor([1, 2]))).toThrow("network:");
});
