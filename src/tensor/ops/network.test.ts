import { describe, expect, test } from "vitest";
import { evacuate } from "../../kernels/heap.js";
import { defaultRng } from "../../random/index.js";
import { type Activation, linear, network, noGrad, parameter, type Tensor, tensor } from "../index.js";

const rng = defaultRng(3);
const random = (...shape: number[]): Tensor => tensor(rng.standardNormal(shape.reduce((a, b) => a * b, 1)), shape);

/** Layers of the given sizes, and all their parameters. */
function made(sizes: readonly number[], activation: Activation): { layers: Layers; parameters: Tensor[] } {
  const layers = sizes.slice(1).map((outputs, i) => ({
    weights: parameter(random(sizes[i], outputs)),
    bias: parameter(random(outputs)),
    activation: i === sizes.length - 2 ? ("none" as const) : activation,
  }));
  return { layers, parameters: layers.flatMap(({ weights, bias }) => [weights, bias]) };
}
type Layers = readonly { weights: Tensor; bias: Tensor; activation: Activation }[];

const byLayers = (x: Tensor, layers: Layers): Tensor =>
  layers.reduce((h, { weights, bias, activation }) => linear(h, weights, bias, activation), x);

/** The output, and the gradients of a loss whose slope differs for every number. */
function passed(forward: () => Tensor, parameters: readonly Tensor[]): Float32Array[] {
  for (const p of parameters) p.grad = undefined;
  const y = forward();
  const numbers = y.toArray();
  y.mul(y).sum().backward();
  return [numbers, ...parameters.map((p) => (p.grad as Tensor).toArray())];
}

describe("a network in one operation has the bits of its layers one by one", () => {
  for (const activation of ["tanh", "relu", "gelu", "none"] as const) {
    for (const [m, sizes] of [
      [1, [3, 5, 2]],
      [40, [4, 64, 64, 2]],
      [70, [5, 33, 70, 1]],
      [33, [7, 3]],
    ] as const) {
      test(`${activation}, ${m} rows, layers of ${sizes.join(", ")}`, () => {
        const { layers, parameters } = made(sizes, activation);
        const x = parameter(random(m, sizes[0]));
        const all = [x, ...parameters];
        expect(passed(() => network(x, layers), all)).toEqual(passed(() => byLayers(x, layers), all));
      });
    }
  }

  test("one observation [k] gives [n]", () => {
    const { layers } = made([3, 8, 2], "tanh");
    const x = random(3);
    const y = network(x, layers);
    expect(y.shape).toEqual([2]);
    expect(y.toArray()).toEqual(byLayers(x, layers).toArray());
  });

  test("gradients are added to existing ones", () => {
    const { layers, parameters } = made([3, 40, 2], "tanh");
    const x = parameter(random(6, 3));
    const twice = (forward: (x: Tensor, layers: Layers) => Tensor): Float32Array[] => {
      for (const p of [x, ...parameters]) p.grad = undefined;
      for (let i = 0; i < 2; i++) forward(x, layers).square().mean().backward();
      return [x, ...parameters].map((p) => (p.grad as Tensor).toArray());
    };
    expect(twice(network)).toEqual(twice(byLayers));
  });

  test("layers can share their weights", () => {
    const { layers, parameters } = made([40, 40, 40], "tanh");
    const tied = [layers[0], { ...layers[1], weights: layers[0].weights }];
    const x = random(80, 40);
    const shared = [parameters[0], parameters[1], parameters[3]];
    expect(passed(() => network(x, tied), shared)).toEqual(passed(() => byLayers(x, tied), shared));
  });

  test("a tensor that requires no gradient gets none", () => {
    const { layers, parameters } = made([3, 4, 2], "tanh");
    const x = random(6, 3);
    const frozen = parameters[0];
    frozen.requiresGrad = false;
    network(x, layers).square().mean().backward();
    expect([x.grad, frozen.grad]).toEqual([undefined, undefined]);
    expect(parameters.slice(1).every(({ grad }) => grad !== undefined)).toBe(true);
  });

  test("evacuating the memory between the passes changes nothing", () => {
    const { layers, parameters } = made([4, 16, 16, 2], "gelu");
    const x = random(20, 4);
    const moved = (): Tensor => {
      const y = network(x, layers);
      evacuate();
      return y;
    };
    expect(passed(moved, parameters)).toEqual(passed(() => network(x, layers), parameters));
  });
});

test("outputs that are already known are recorded, not computed", () => {
  const { layers, parameters } = made([4, 16, 2], "tanh");
  const x = random(20, 4);
  const hidden = noGrad(() => linear(x, layers[0].weights, layers[0].bias, "tanh"));
  const known = [hidden, noGrad(() => linear(hidden, layers[1].weights, layers[1].bias))];
  expect(passed(() => network(x, layers, known), parameters)).toEqual(passed(() => network(x, layers), parameters));
  // The output is the supplied one, so other numbers must come out if others are supplied.
  known[1].set(new Float32Array(40).fill(7));
  expect(network(x, layers, known).toArray()).toEqual(new Float32Array(40).fill(7));
});

test("shapes that do not fit are refused by the layer", () => {
  const { layers } = made([4, 16, 2], "tanh");
  expect(() => network(random(3, 5), layers)).toThrow(
    "network: layer 0 needs weights [5, n] and bias [n], got [4, 16] and [16]",
  );
  expect(() => network(random(4), [])).toThrow("network: needs at least one layer");
  expect(() => network(random(2, 2, 4), layers)).toThrow("network: needs x [m, k] or [k], got [2, 2, 4]");
});
