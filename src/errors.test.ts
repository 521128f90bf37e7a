import { describe, expect, it } from "vitest";
import { ConfigError, nearest, show } from "./errors.js";

describe("ConfigError", () => {
  it("names the field, what was given, what is allowed and the nearest name", () => {
    const error = new ConfigError({ field: "options.gama", given: 0.9, allowed: "only gamma", nearest: "gamma" });
    expect(error.message).toBe("options.gama: got 0.9, allowed is only gamma. Did you mean gamma?");
    expect(error.field).toBe("options.gama");
    expect(error.name).toBe("ConfigError");
  });
  it("offers no name if none is near", () => {
    expect(new ConfigError({ field: "seed", given: -1, allowed: "at least 0" }).message).toBe(
      "seed: got -1, allowed is at least 0",
    );
  });
});

describe("show writes", () => {
  it("plain values as in a program, and NaN as NaN, in lists too", () => {
    const values = [
      "a",
      10n,
      [64, NaN],
      { gamma: undefined, deep: [1] },
      Float32Array.of(1, -Infinity),
      null,
      undefined,
      Symbol("s"),
    ];
    expect(values.map(show)).toEqual([
      '"a"',
      "10n",
      "[64,NaN]",
      '{"gamma":undefined,"deep":[1]}',
      "Float32Array(1,-Infinity)",
      "null",
      "undefined",
      "Symbol(s)",
    ]);
  });
  it("what JSON refuses: nested bigints, cycles, promises", () => {
    const self: unknown[] = [1n];
    self.push(self);
    expect(show(self)).toBe("[1n,[1n,[1n,[1n,…]]]]");
    expect(show(Promise.resolve(1))).toBe("Promise {}");
    expect(show(Object.create(null))).toBe("{}");
  });
  it("a placeholder for a value that throws when it is read", () => {
    const hostile = {
      get a(): number {
        throw new Error("no");
      },
    };
    expect(show(hostile)).toBe("(object that can't be shown)");
  });
  it("at most 118 characters, of a million as fast as of ten", () => {
    expect(show("x".repeat(1_000_000))).toHaveLength(118);
    expect(show(new Array(1_000_000).fill(0))).toHaveLength(118);
  });
});

describe("nearest", () => {
  const known = ["learningRate", "gamma", "baseline", "CartPole-v1"];
  it("forgives a wrong, missing, additional or swapped letter, and capitals", () => {
    expect(nearest("gama", known)).toBe("gamma");
    expect(nearest("gammma", known)).toBe("gamma");
    expect(nearest("gamam", known)).toBe("gamma");
    expect(nearest("cartpole-v1", known)).toBe("CartPole-v1");
    expect(nearest("learning-rate", known)).toBe("learningRate");
  });
  it("completes a name of which at least three letters were typed", () => {
    expect(nearest("cartpole", known)).toBe("CartPole-v1");
    expect(nearest("lea", known)).toBe("learningRate");
    expect(nearest("le", known)).toBeUndefined();
  });
  it("offers nothing for a text that is far from every name", () => {
    expect(nearest("momentum", known)).toBeUndefined();
    expect(nearest("gamma", [])).toBeUndefined();
  });
  it("takes the first of several equally near names", () => {
    expect(nearest("mat", ["cat", "rat"])).toBe("cat");
  });
  it("answers at once for twenty million letters, and for values other than text", () => {
    const start = performance.now();
    expect(nearest("g".repeat(20_000_000), known)).toBeUndefined();
    expect(performance.now() - start).toBeLessThan(3000);
    expect(nearest(5, known)).toBeUndefined();
    expect(nearest(null, known)).toBeUndefined();
  });
});
