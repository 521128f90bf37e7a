import { expect, it } from "vitest";
import { someUpdate } from "../../../test/some-update.js";
import { setUpLanguage } from "../../language/run/language-config.js";
import type { Update } from "../../training/types.js";
import { diagnoseLanguage } from "./diagnose-language.js";

const TUNING = 3;

/** Twenty updates of tuning whose figures are functions of the share of them that is done. */
function updates(of: (share: number, i: number) => { reward: number } & Record<string, number>): Update[] {
  return Array.from({ length: 20 }, (_, i) => {
    const { reward, gold = reward, valid = 1, ended = 1, ...diagnostics } = of(i / 19, i);
    const { diagnostics: usual, ...update } = someUpdate(i + 1);
    return {
      ...update,
      returns: [reward, reward + 0.1],
      info: { gold, valid, ended },
      diagnostics: { ...usual, stage: TUNING, kl: 1, ...diagnostics },
    };
  });
}

const learned = setUpLanguage({ task: "sentiment" }).config;
const codes = (given: Update[], config = learned): string[] =>
  diagnoseLanguage({ config, updates: given }).map(({ code }) => code);
/** Something between −0.05 and 0.05 that has no trend. */
const noise = (i: number): number => ((i * 7) % 11) / 110 - 0.05;

it("finds nothing in a run whose gold score rises with its reward", () => {
  expect(
    codes(updates((share, i) => ({ reward: share + noise(i), gold: share + noise(i), equalGroups: 0.2 }))),
  ).toEqual([]);
});

it("finds a reward that rises while the truth does not", () => {
  const hacked = updates((share, i) => ({ reward: 2 * share + noise(i), gold: noise(i) }));
  expect(codes(hacked)).toEqual(["language-reward-hacking"]);
  // Where the reward is the truth, it can't be fooled.
  const gold = setUpLanguage({ task: "sentiment", pipeline: { reward: "gold" } }).config;
  expect(codes(hacked, gold)).toEqual([]);
});

it("finds a reward that rises while responses lose their form", () => {
  const found = updates((share, i) => ({ reward: share + noise(i), gold: share + noise(i), valid: 0.9 - 0.8 * share }));
  expect(codes(found)).toEqual(["language-reward-hacking"]);
});

it("finds that all rewards are equal, in the run or in each group", () => {
  expect(codes(updates(() => ({ reward: 0 })))).toEqual(["language-no-signal"]);
  expect(codes(updates((_, i) => ({ reward: noise(i), equalGroups: 1 })))).toEqual(["language-no-signal"]);
});

it("notes that many groups are equal", () => {
  expect(codes(updates((_, i) => ({ reward: noise(i), equalGroups: 0.7 })))).toEqual(["language-equal-groups"]);
});

it("finds a divergence that is below 0 beyond chance, and one that is large", () => {
  expect(codes(updates((_, i) => ({ reward: noise(i), kl: -0.2 + noise(i) })))).toEqual(["language-kl-negative"]);
  expect(codes(updates((_, i) => ({ reward: noise(i), kl: noise(i) })))).toEqual([]);
  expect(codes(updates((_, i) => ({ reward: noise(i), kl: 20 })))).toEqual(["language-kl-large"]);
});

it("finds a first ratio that is not 1, also in a run that has only begun", () => {
  const begun = updates((_, i) => ({ reward: noise(i), ...(i === 0 ? { ratioError: 0.03 } : {}) }));
  expect(codes(begun)).toEqual(["language-ratio-not-one"]);
  expect(codes(begun.slice(0, 2))).toEqual(["language-ratio-not-one"]);
  expect(codes(updates((_, i) => ({ reward: noise(i), ratioError: 1e-7 })))).toEqual([]);
});

it("finds that responses are cut", () => {
  expect(codes(updates((_, i) => ({ reward: noise(i), ended: 0.5 })))).toEqual(["language-no-end"]);
});

it("looks at tuning alone", () => {
  const texts = updates(() => ({ reward: 0, stage: 0 }));
  expect(codes(texts)).toEqual([]);
});
