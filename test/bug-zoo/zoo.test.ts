import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "../root.js";
import { BUGS } from "./bugs.js";
import { HEALTHY } from "./healthy-loops.js";
import { KILLERS } from "./killers.js";
import { ppoByHand } from "./ppo-by-hand.js";
import { reinforceByHand } from "./reinforce-by-hand.js";

const stored = <T>(name: string): T => JSON.parse(readFileSync(join(root, "bench/doctor", name), "utf8")) as T;

describe("the doctor", () => {
  it.each(BUGS.filter(({ quick }) => quick))("names bug $number: $title", ({ code, plant }) => {
    expect(plant?.()).toContain(code);
  });

  it.each(HEALTHY.filter(({ quick }) => quick))("finds nothing in a loop that is right: $title", ({ run }) => {
    expect(run({ updates: 3 }).findings).toEqual([]);
  });

  it("changes no bit of a loop", () => {
    expect(ppoByHand({}, { updates: 2 }).weights).toEqual(ppoByHand({}, { updates: 2, doctored: false }).weights);
    const loops = [true, false].map((doctored) => reinforceByHand({}, { updates: 2, doctored }).weights);
    expect(loops[0]).toEqual(loops[1]);
  });

  it("named at least 20 of the 25 bugs on CartPole, each within a minute (node bench/doctor/zoo.mjs)", () => {
    const { rows } = stored<{ rows: { number: number; code?: string; codes: string[]; seconds: number }[] }>(
      "zoo.json",
    );
    expect(rows.map(({ number, code }) => ({ number, code }))).toEqual(
      BUGS.map(({ number, code }) => ({ number, code })),
    );
    expect(rows.filter(({ code, codes }) => code !== undefined && codes.includes(code)).length).toBeGreaterThanOrEqual(
      20,
    );
    expect(rows.every(({ seconds }) => seconds < 60)).toBe(true);
  });
});

describe("a test", () => {
  it.each(KILLERS)("still has the line to guard where bug $number was planted: $file", ({ file, right, test }) => {
    expect(readFileSync(join(root, file), "utf8").split(right)).toHaveLength(2);
    expect(readFileSync(join(root, test), "utf8")).toMatch(/\b(it|test)[.(]/);
  });

  it("failed for each of the 25 bugs (node bench/doctor/kills.mjs)", () => {
    const { rows } = stored<{ rows: { number: number; wrong: string; test: string; killed: boolean }[] }>("kills.json");
    const planted = KILLERS.map(({ number, wrong, test }) => ({ number, wrong, test, killed: true }));
    expect(rows.map(({ number, wrong, test, killed }) => ({ number, wrong, test, killed }))).toEqual(planted);
    expect(planted).toHaveLength(25);
  });
});
