import { expect, it } from "vitest";
import { heapUsed } from "../kernels/heap.js";
import { tidied } from "./graph.js";
import { add, full, noGrad, parameter, reshape, tensor } from "./index.js";

const x = tensor([1, 2, 3, 4]);

it("without a graph, only the result of `tidied` stays in memory, also in one within another", () => {
  const before = heapUsed();
  const y = noGrad(() =>
    tidied(() =>
      add(
        tidied(() => add(add(x, 1), 1)),
        tidied(() => reshape(add(x, 2), [4])),
      ),
    ),
  );
  expect([...y.toArray()]).toEqual([6, 8, 10, 12]);
  expect(heapUsed() - before).toBe(64);
});

it("all tensors are freed if the result is none", () => {
  const before = heapUsed();
  expect(noGrad(() => tidied(() => add(x, 1).mul(3).toArray()[3]))).toBe(15);
  expect(heapUsed()).toBe(before);
});

it("with a graph nothing is freed, because the backward pass needs it", () => {
  const w = parameter(full([4], 1));
  tidied(() => w.mul(x).exp().sum()).backward();
  expect(w.grad!.toArray()[0]).toBeCloseTo(Math.E, 5);
});
