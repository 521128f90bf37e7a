/** `checkEnv` on environments with action masks. */

import { expect, it } from "vitest";
import { defaultRng } from "../random/generator.js";
import { box, discrete, multiBinary, multiDiscrete, type Space } from "../spaces/index.js";
import { checkEnv } from "./check-env.js";
import type { AnyEnv, Value } from "./env.js";

/** Squares that can be taken once each. Taking one again throws. The last one ends the episode. */
function board({
  mask = (free) => free,
  actionSpace = discrete(4) as Space<unknown>,
}: {
  mask?: (free: number[]) => unknown;
  actionSpace?: Space<unknown>;
} = {}): AnyEnv {
  const rng = defaultRng(0);
  let taken: number[] = [0, 1, 2, 3];
  const observe = (): Float32Array => Float32Array.from([0, 1, 2, 3], (square) => (taken.includes(square) ? 1 : 0));
  const env = {
    observationSpace: box({ low: 0, high: 1, shape: [4] }),
    actionSpace,
    reset({ seed }: { seed?: number | bigint } = {}) {
      if (seed !== undefined) rng.reseed(seed);
      taken = [rng.integers(4)];
      return { observation: observe(), info: {} };
    },
    step(action: Value) {
      const square = typeof action === "number" ? action : 2 * (action as Int32Array)[0] + (action as Int32Array)[1];
      if (taken.includes(square)) throw new RangeError(`square ${square} is taken`);
      taken.push(square);
      return { observation: observe(), reward: 1, terminated: taken.length === 4, truncated: false, info: {} };
    },
    actionMask: () => mask([0, 1, 2, 3].map((square) => (taken.includes(square) ? 0 : 1))),
  };
  return env as unknown as AnyEnv;
}

const found = (create: () => AnyEnv): string[] =>
  checkEnv(create, { seeds: 2, steps: 40 }).map(({ severity, check, message }) => `${severity}: ${check}: ${message}`);

it("an environment that refuses what its mask forbids is sound, with zeros and ones or with booleans", () => {
  expect(found(() => board())).toEqual([]);
  expect(checkEnv(board(), { seeds: 2, steps: 40 })).toEqual([]);
  expect(found(() => board({ mask: (free) => free.map((entry) => entry === 1) }))).toEqual([]);
});

it("several choices and switches are drawn within their masks too", () => {
  const rows = multiDiscrete([2, 3], { start: [0, 4] });
  const seen = new Set<string>();
  const env = (actionSpace: Space<unknown>, mask: number[]): AnyEnv => {
    const sound = board();
    return {
      ...sound,
      actionSpace: actionSpace as AnyEnv["actionSpace"],
      actionMask: () => mask,
      step: (action: Value) => {
        seen.add(String(action));
        return { ...sound.reset(), reward: 0, terminated: false, truncated: false };
      },
    };
  };
  checkEnv(env(rows, [0, 1, 1, 0, 1]), { seeds: 1, steps: 60 });
  expect(seen).toEqual(new Set(["1,4", "1,6"]));
  seen.clear();
  checkEnv(env(multiBinary(2), [1, 0, 1, 1]), { seeds: 1, steps: 60 });
  expect(seen).toEqual(new Set(["0,0", "0,1"]));
});

/** Two switches of which the last one that was turned on stays forbidden for a step. It keeps the action itself or a copy. */
function lamps(keep: (action: Int8Array) => Int8Array): AnyEnv {
  const rng = defaultRng(0);
  let last: Int8Array = Int8Array.of(0, 0);
  let steps = 0;
  const observe = () => Float32Array.of(steps / 10);
  const env = {
    observationSpace: box({ low: 0, high: 1, shape: [1] }),
    actionSpace: multiBinary(2),
    reset({ seed }: { seed?: number | bigint } = {}) {
      if (seed !== undefined) rng.reseed(seed);
      last = Int8Array.of(rng.integers(2), 0);
      steps = 0;
      return { observation: observe(), info: {} };
    },
    step(action: Int8Array) {
      last = keep(action);
      steps++;
      return { observation: observe(), reward: 0, terminated: steps === 10, truncated: false, info: {} };
    },
    actionMask: () => [1, 1 - last[0], 1, 1 - last[1]],
  };
  return env as unknown as AnyEnv;
}

it("masks of several switches are compared as observations are: what they keep of an action shows in them", () => {
  const aboutActions = (env: () => AnyEnv): string[] => found(env).filter((line) => line.includes("action"));
  expect(aboutActions(() => lamps((action) => action.slice()))).toEqual([]);
  expect(aboutActions(() => lamps((action) => action))).toEqual([
    expect.stringMatching(/^error: action-kept: .* mask/),
  ]);
});

it.each<[string, (free: number[]) => unknown, RegExp]>([
  ["a wrong length", (free) => free.slice(1), /^error: mask: actionMask\(\) is \[.*\], not 4 entries, one an action$/],
  ["nothing allowed", () => [0, 0, 0, 0], /actionMask\(\) is \[0,0,0,0\], not a 1 for at least one action$/],
  [
    "a 2",
    (free) => free.map((entry) => 2 * entry),
    /^error: mask: actionMask\(\)\[\d\] is 2, not 0, 1, false or true$/,
  ],
  ["text", (free) => free.map(String), /actionMask\(\)\[0\] is "[01]", not 0, 1, false or true$/],
  ["nothing", () => undefined, /actionMask\(\) is undefined, not 4 entries, one an action$/],
])("a mask with %s is an error", (_, mask, message) => {
  expect(found(() => board({ mask }))[0]).toMatch(message);
});

it("a mask that throws, and one for actions without choices, are errors", () => {
  const broken = (): never => {
    throw new Error("no board");
  };
  expect(found(() => board({ mask: broken }))).toEqual(["error: mask: actionMask() threw Error: no board"]);
  const push = box({ low: -1, high: 1, shape: [4] });
  expect(found(() => board({ actionSpace: push }))[0]).toMatch(/^error: mask: .* has no choices that it could mask$/);
});

it("a mask that differs for the same seed is found", () => {
  let calls = 0;
  const env = (): AnyEnv => board({ mask: (free) => (calls++ % 7 === 0 ? free.map(() => 1) : free) });
  const findings = found(env);
  expect(findings.some((finding) => /^error: (same-seed|throws)/.test(finding))).toBe(true);
});

it("one object from every call is an error that says so", () => {
  const one = board();
  expect(found(() => one).some((finding) => finding.startsWith("error: shared-state: the function returned one"))).toBe(
    true,
  );
});
