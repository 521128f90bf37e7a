import { describe, expect, test } from "vitest";
import { constantOf, expectClose, expectNear, parametersOf, read, type Stored } from "../../test/golden/read.js";
import { NotFiniteError } from "../errors.js";
import { parameter, type Tensor, tensor } from "../tensor/index.js";
import { adam, clipGradNorm, constant, gradNorm, linearSchedule, rmsprop, sgd } from "./index.js";

function withGradient(values: number[], gradient: number[]): Tensor {
  const p = parameter(tensor(values), "p");
  p.mul(tensor(gradient)).sum().backward();
  return p;
}

describe("schedules", () => {
  const { schedules } = read<{
    schedules: { name: string; initial: number; final: number; updates: number; rates: number[] }[];
  }>("torch-settings");
  for (const { name, initial, final, updates, rates } of schedules) {
    test(`${name}, is PyTorch's LinearLR`, () => {
      const schedule = linearSchedule(initial, final);
      rates.forEach((rate, update) => void expectNear(schedule(update / updates) / initial, rate / initial, 1e-12));
    });
  }

  test("constant never changes, and no schedule runs past its end", () => {
    expect([constant(3)(0), constant(3)(0.7)]).toEqual([3, 3]);
    expect([linearSchedule(1, 0.5)(-1), linearSchedule(1, 0.5)(2)]).toEqual([1, 0.5]);
  });
});

describe("clipping", () => {
  test("scales all gradients together, by PyTorch's maxNorm / (norm + 1e-6)", () => {
    const a = withGradient([0, 0], [3, 0]);
    const b = withGradient([0], [4]);
    expect(gradNorm([a, b])).toBe(5);
    expect(clipGradNorm([a, b], 1)).toBe(5);
    const factor = 1 / (5 + 1e-6);
    expectNear(a.grad?.toArray()[0] ?? 0, 3 * factor, 1e-7);
    expectNear(b.grad?.item() ?? 0, 4 * factor, 1e-7);
  });

  test("leaves short gradients, and parameters without one, as they are", () => {
    const a = withGradient([0], [0.5]);
    const none = parameter(tensor([1]));
    expect(clipGradNorm([a, none], 1)).toBe(0.5);
    expect(a.grad?.item()).toBe(0.5);
    expect(none.grad).toBeUndefined();
  });

  test("refuses an invalid bound", () => {
    for (const bound of [-1, Number.NaN]) expect(() => clipGradNorm([], bound)).toThrow("maxNorm: got");
  });

  test("refuses a gradient that is not finite, and names the parameter and the element", () => {
    for (const bad of [Number.NaN, Infinity]) {
      const parameters = [withGradient([0], [1]), withGradient([0, 0], [1, bad])];
      expect(() => clipGradNorm(parameters, 1)).toThrow(NotFiniteError);
      expect(() => clipGradNorm(parameters, 1)).toThrow(`clipGradNorm: the gradient of p became ${bad} at element 1`);
      expect(parameters[0].grad?.item()).toBe(1);
    }
  });

  test("measures gradients whose squares overflow float32", () => {
    expectNear(gradNorm([withGradient([0, 0], [3e30, 4e30])]) / 5e30, 1, 1e-6);
  });
});

describe("RMSProp is PyTorch's", () => {
  interface Case extends Record<"alpha" | "eps" | "learningRate", number> {
    readonly before: Stored;
    readonly gradients: readonly Stored[];
    readonly after: readonly Stored[];
    readonly squares: readonly Stored[];
  }
  for (const { alpha, eps, learningRate, before, gradients, after, squares } of read<{ rmsprop: Case[] }>(
    "torch-distributions",
  ).rmsprop) {
    test(`with α = ${alpha} and ε = ${eps}`, () => {
      const [p] = parametersOf([before]);
      const optimizer = rmsprop([p], { learningRate, alpha, eps });
      gradients.forEach((gradient, step) => {
        optimizer.zeroGrad();
        p.mul(constantOf(gradient)).sum().backward();
        optimizer.step();
        expectClose(p, after[step]);
        expectClose(optimizer.state().get("0.v"), squares[step]);
      });
    });
  }
});

describe("Adam with weight decay is PyTorch's AdamW", () => {
  interface Case extends Record<"learningRate" | "beta1" | "beta2" | "weightDecay", number> {
    readonly before: readonly Stored[];
    readonly gradients: readonly (readonly Stored[])[];
    readonly after: readonly (readonly Stored[])[];
  }
  const { adamw } = read<{ adamw: Case[] }>("torch-language");
  for (const { before, gradients, after, ...settings } of adamw) {
    test(`with λ = ${settings.weightDecay} for a matrix and 0 for a vector`, () => {
      const parameters = parametersOf(before);
      const optimizer = adam(parameters, { ...settings, decays: (p) => p.shape.length > 1 });
      for (const [step, slopes] of gradients.entries()) {
        optimizer.zeroGrad();
        for (const [i, p] of parameters.entries()) p.mul(constantOf(slopes[i])).sum().backward();
        optimizer.step();
        for (const [i, p] of parameters.entries()) expectClose(p, after[step][i]);
      }
    });
  }

  const moved = (options: object): number[] => {
    const p = withGradient([1, -2, 0.3], [0.1, 2, -3]);
    const optimizer = adam([p], { learningRate: 0.1, ...options });
    for (let step = 0; step < 5; step++) optimizer.step();
    return [...p.toArray()];
  };

  test("and with λ = 0, or where nothing decays, has the bits of Adam without it", () => {
    expect(moved({ weightDecay: 0 })).toEqual(moved({}));
    expect(moved({ weightDecay: 0.5, decays: () => false })).toEqual(moved({}));
    expect(moved({ weightDecay: 0.5 })).not.toEqual(moved({}));
  });

  test("without it, Adam has the bits that it had before there was any", () => {
    expect(moved({})).toEqual([0.5000000596046448, -2.499999523162842, 0.8000000715255737]);
  });

  test("all parameters decay unless told otherwise, also with gradient 0, by the learning rate of the step", () => {
    const p = withGradient([8], [0]);
    const optimizer = adam([p], { learningRate: 0.5, weightDecay: 0.5 });
    optimizer.step();
    optimizer.learningRate = 1;
    optimizer.step();
    expect(p.item()).toBe(3);
  });
});

describe("optimisers", () => {
  test("leave parameters without a gradient alone, and clear gradients on request", () => {
    for (const make of [adam, sgd, rmsprop]) {
      const moved = withGradient([1], [1]);
      const still = parameter(tensor([1]));
      const optimizer = make([moved, still], { learningRate: 0.1 });
      optimizer.step();
      expect(moved.item()).not.toBe(1);
      expect(still.item()).toBe(1);
      optimizer.zeroGrad();
      expect(moved.grad).toBeUndefined();
      // RMSProp's first step is 1/√(1-α) times as long.
      expectNear(moved.item(), make === rmsprop ? 0 : 0.9, 1e-5);
    }
  });

  test("read their learning rate at each step", () => {
    const p = withGradient([1], [1]);
    const optimizer = sgd([p], { learningRate: 0.1 });
    optimizer.learningRate = 0.5;
    optimizer.step();
    expect(p.item()).toBe(0.5);
  });

  test("continue exactly from a copy of their state", () => {
    for (const make of [adam, rmsprop, (ps: Tensor[]) => sgd(ps, { learningRate: 0.1, momentum: 0.9 })]) {
      const run = (stop: number | undefined): Float32Array => {
        let p = parameter(tensor([1, -2, 3]), "p");
        let optimizer = make([p], { learningRate: 0.1 });
        for (let step = 0; step < 6; step++) {
          if (step === stop) {
            const weights = p.toArray();
            const state = new Map([...optimizer.state()].map(([k, v]) => [k, v.toArray()]));
            p = parameter(tensor(weights), "p");
            optimizer = make([p], { learningRate: 0.1 });
            for (const [key, held] of optimizer.state()) held.set(state.get(key) as Float32Array);
          }
          optimizer.zeroGrad();
          p.square().sum().backward();
          optimizer.step();
        }
        return p.toArray();
      };
      expect(run(3)).toEqual(run(undefined));
    }
  });

  test("refuse invalid learning rates", () => {
    const some = [parameter(tensor([1]))];
    for (const learningRate of [-1, Number.NaN, Infinity]) {
      expect(() => adam(some, { learningRate })).toThrow("adam.learningRate: got");
      expect(() => sgd(some, { learningRate })).toThrow("sgd.learningRate: got");
      expect(() => rmsprop(some, { learningRate })).toThrow("rmsprop.learningRate: got");
    }
    expect(() => adam(some, { learningRate: 1, beta1: 1 })).toThrow("adam.beta1: got 1");
    expect(() => adam(some, { learningRate: 1, beta2: -0.1 })).toThrow("adam.beta2: got -0.1");
    expect(() => adam(some, { learningRate: 1, eps: Number.NaN })).toThrow("adam.eps: got");
    expect(() => adam(some, { learningRate: 1, weightDecay: -0.1 })).toThrow("adam.weightDecay: got -0.1");
    expect(() => rmsprop(some, { learningRate: 1, alpha: 1 })).toThrow("rmsprop.alpha: got 1");
    expect(() => rmsprop(some, { learningRate: 1, eps: -1 })).toThrow("rmsprop.eps: got -1");
    expect(() => sgd(some, { learningRate: 1, momentum: -1 })).toThrow("sgd.momentum: got");
  });
});

describe("every optimiser", () => {
  const makers = {
    adam: (parameters: Tensor[]) => adam(parameters, { learningRate: 0.1 }),
    rmsprop: (parameters: Tensor[]) => rmsprop(parameters, { learningRate: 0.1 }),
    sgd: (parameters: Tensor[]) => sgd(parameters, { learningRate: 0.1, momentum: 0.9 }),
  };
  test.each(Object.entries(makers))("%s needs something to learn", (name, make) => {
    const allowed = "allowed is the tensors to learn, at least one, such as policy.parameters()";
    expect(() => make([])).toThrow(`${name}.parameters: got [], ${allowed}`);
    for (const given of [{ parameters: () => [] }, [1], undefined])
      expect(() => make(given as never)).toThrow(`${name}.parameters: got`);
  });

  test.each(Object.entries({ adam, rmsprop, sgd }))("%s needs its options", (name, make) => {
    const some = [parameter(tensor([1]))];
    expect(() => make(some, undefined as never)).toThrow(
      `${name}.options: got undefined, allowed is options by name, such as { learningRate: 0.001 }`,
    );
    expect(() => make([], undefined as never)).toThrow(`${name}.parameters: got []`);
  });

  test.each(Object.entries(makers))(
    "%s takes no step with a gradient that is NaN, and changes nothing",
    (name, make) => {
      const parameters = [withGradient([1], [1]), withGradient([2, 3], [0, Number.NaN])];
      const optimizer = make(parameters);
      const state = (): number[][] => [...optimizer.state().values()].map((one) => [...one.toArray()]);
      const before = state();
      expect(() => optimizer.step()).toThrow(`${name}: the gradient of p became NaN at element 1`);
      expect(parameters.map((p) => [...p.toArray()])).toEqual([[1], [2, 3]]);
      expect(state()).toEqual(before);
    },
  );
});
