import fc from "fast-check";
import { describe, expect, expectTypeOf, it } from "vitest";
import { ConfigError } from "./errors.js";
import {
  allowed,
  checkValue,
  choice,
  flag,
  int,
  type Option,
  parseValue,
  real,
  resolveOptions,
  type Schema,
  schedule,
  sizes,
  text,
  type Values,
} from "./options.js";

const schema = {
  gamma: real(0.99, { min: 0, max: 1, help: "discount" }),
  episodes: int(2, { min: 1, help: "episodes" }),
  baseline: choice("none", { choices: ["none", "mean", "value"], help: "baseline" }),
  whiten: flag(false, { help: "whiten" }),
  hidden: sizes([64, 64], { help: "layers" }),
  map: text("SG", { meaning: "rows of letters", help: "map" }),
};

const refusal = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return "accepted";
};

describe("each kind of option", () => {
  const accepted: [Option, unknown[]][] = [
    [schema.gamma, [0, 0.5, 1, 1e-300]],
    [schema.episodes, [1, 7, Number.MAX_SAFE_INTEGER]],
    [schema.baseline, ["none", "mean", "value"]],
    [schema.whiten, [true, false]],
    [schema.hidden, [[], [1], [128, 128], [4096]]],
    [schema.map, ["", "SFFG"]],
  ];
  const refused: [Option, unknown[]][] = [
    [schema.gamma, [-0.1, 1.1, NaN, Infinity, "0.5", null, undefined, true, [0.5], 1n]],
    [schema.episodes, [0, 1.5, NaN, Infinity, 2 ** 53, "1", 1n]],
    [schema.baseline, ["", "Mean", "nothing", 0, null, ["mean"]]],
    [schema.whiten, [0, 1, "true", null]],
    [
      schema.hidden,
      [64, [0], [1.5], [NaN], [4097], ["64"], "64", null, new Array(17).fill(8), new Array(2), Int32Array.of(64)],
    ],
    [schema.map, [5, null, ["SG"]]],
  ];
  it.each(accepted)("$kind accepts valid values", (option, values) => {
    for (const value of values) expect(checkValue("x", option, value)).toEqual(value);
  });
  it.each(refused)("$kind refuses all others, naming the field and what is allowed", (option, values) => {
    for (const value of values) {
      const message = refusal(() => checkValue("options.x", option, value));
      expect(message).toMatch(/^options\.x: got /);
      expect(message).toContain(`allowed is ${allowed(option)}`);
    }
  });
  it("says in words what it allows", () => {
    const bounds = { help: "" };
    expect(Object.values(schema).map(allowed)).toEqual([
      "a number from 0 to 1",
      "a whole number of at least 1",
      "one of none, mean, value",
      "true or false",
      "a list of at most 16 whole numbers from 1 to 4096, such as [128, 128]",
      "rows of letters",
    ]);
    expect(allowed(real(0, bounds))).toBe("a number");
    expect(allowed(int(0, { ...bounds, max: 9 }))).toBe("a whole number of at most 9");
  });
  it("offers the nearest word for a choice", () => {
    expect(refusal(() => checkValue("options.baseline", schema.baseline, "valeu"))).toBe(
      'options.baseline: got "valeu", allowed is one of none, mean, value. Did you mean value?',
    );
  });
});

describe("resolveOptions", () => {
  it("fills in every default and keeps what was given", () => {
    expect(resolveOptions(schema, { gamma: 1, hidden: [] })).toEqual({
      gamma: 1,
      episodes: 2,
      baseline: "none",
      whiten: false,
      hidden: [],
      map: "SG",
    });
    expect(resolveOptions(schema, { gamma: undefined }).gamma).toBe(0.99);
    expect(resolveOptions({})).toEqual({});
  });
  it("copies lists, so that neither the caller's list nor the default can change a run afterwards", () => {
    const hidden = [8];
    const values = resolveOptions(schema, { hidden });
    hidden.push(9);
    expect(values.hidden).toEqual([8]);
    expect(resolveOptions(schema).hidden).not.toBe(schema.hidden.default);
  });
  it("refuses unknown names with the nearest known one, wherever they come from", () => {
    expect(refusal(() => resolveOptions(schema, { gama: 1 }))).toBe(
      "options.gama: got 1, allowed is only gamma, episodes, baseline, whiten, hidden, map. Did you mean gamma?",
    );
    expect(refusal(() => resolveOptions(schema, JSON.parse('{"__proto__": {"gamma": 1}}')))).toMatch(
      /^options\.__proto__/,
    );
    expect(refusal(() => resolveOptions(schema, { constructor: 1 }, "envOptions"))).toMatch(/^envOptions\.constructor/);
  });
  it("refuses a set of options that is not an object", () => {
    for (const given of [5, true, null, [], "gamma"]) {
      expect(refusal(() => resolveOptions(schema, given as never))).toMatch(
        /^options: got .*an object of options by name$/,
      );
    }
  });
  it("has the types of the declarations", () => {
    expectTypeOf<Values<typeof schema>>().toEqualTypeOf<{
      readonly gamma: number;
      readonly episodes: number;
      readonly baseline: "none" | "mean" | "value";
      readonly whiten: boolean;
      readonly hidden: readonly number[];
      readonly map: string;
    }>();
  });
  it("answers any input with values of the schema or a ConfigError, and never changes a prototype", () => {
    const names = fc.oneof(fc.constantFrom(...Object.keys(schema), "__proto__", "toString"), fc.string());
    const values = fc.oneof(fc.anything(), fc.double(), fc.constantFrom("mean", true, [3]));
    fc.assert(
      fc.property(fc.array(fc.tuple(names, values), { maxLength: 3 }), (entries) => {
        const given = Object.fromEntries(entries) as Record<string, unknown>;
        if (refusal(() => resolveOptions(schema, given)) === "accepted") {
          const resolved = resolveOptions(schema, given) as Record<string, unknown>;
          expect(Object.keys(resolved)).toEqual(Object.keys(schema));
          for (const [name, option] of Object.entries(schema as Schema)) checkValue(name, option, resolved[name]);
        }
        expect(({} as Record<string, unknown>).gamma).toBeUndefined();
      }),
      { seed: 1, numRuns: 500 },
    );
  });
});

describe("parseValue reads", () => {
  it("numbers, in all the usual notations", () => {
    const read = ["1e-3", ".5", "5.", "-2", "+3", " 7 "].map((typed) => parseValue(schema.gamma, typed));
    expect(read).toEqual([0.001, 0.5, 5, -2, 3, 7]);
  });
  it("anything that is not a number as text, which the check then refuses", () => {
    for (const typed of ["", " ", "abc", "1e", "0x10", "NaN", "Infinity", "1,5", "1 2", "--1"]) {
      expect(parseValue(schema.episodes, typed)).toBe(typed);
      expect(refusal(() => checkValue("x", schema.episodes, parseValue(schema.episodes, typed)))).not.toBe("accepted");
    }
    expect(refusal(() => checkValue("x", schema.gamma, parseValue(schema.gamma, "1e999")))).toBe(
      "x: got Infinity, allowed is a number from 0 to 1",
    );
  });
  it("flags, lists of sizes, and words as they are", () => {
    expect(["true", "false", "yes"].map((typed) => parseValue(schema.whiten, typed))).toEqual([true, false, "yes"]);
    expect(["128,64", "8", "none", "", "8,", "-8"].map((typed) => parseValue(schema.hidden, typed))).toEqual([
      ...[[128, 64], [8], []],
      ...["", "8,", "-8"],
    ]);
    expect(parseValue(schema.baseline, "mean")).toBe("mean");
    expect(parseValue(schema.map, "12")).toBe("12");
  });
  it("back every number that a program would write", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(parseValue(schema.gamma, String(value))).toBe(value === 0 ? 0 : value);
      }),
      { seed: 1 },
    );
  });
});

describe("an option of kind schedule", () => {
  const option = schedule(0.1, { min: 0, max: 1, help: "rate" });
  it("takes a number within its bounds, or a function", () => {
    const falling = (progress: number): number => 1 - progress;
    expect(checkValue("rate", option, 0.5)).toBe(0.5);
    expect(checkValue("rate", option, falling)).toBe(falling);
    for (const given of [-0.1, 2, "0.5", null, [0.1]])
      expect(() => checkValue("rate", option, given)).toThrow(
        "allowed is a number from 0 to 1 (in a program also a function of progress)",
      );
  });
  it("is a number on the command line", () => {
    expect(parseValue(option, "2.5e-4")).toBe(2.5e-4);
    expect(parseValue(option, "p => p")).toBe("p => p");
  });
});
