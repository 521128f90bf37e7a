import { describe, expect, it } from "vitest";
import { namesOf } from "./action-names.js";
import { densityOf, middleOf } from "./density.js";
import { endWord } from "./end-word.js";
import { moved } from "./playhead.js";

describe("a playhead", () => {
  it("plays 50 frames a second on a screen of 60", () => {
    let head = { at: 0, rest: 0 };
    for (let i = 0; i < 60; i++) head = moved(head, 1000 / 60, 50, 1000);
    expect(head.at + head.rest).toBeCloseTo(50, 9);
  });

  it("stays on the last frame, and does not catch up with a page that was away", () => {
    expect(moved({ at: 98, rest: 0.9 }, 200, 50, 99)).toEqual({ at: 99, rest: 0 });
    expect(moved({ at: 0, rest: 0 }, 60_000, 40, 1000)).toEqual({ at: 10, rest: 0 });
  });
});

describe("the end of an episode", () => {
  const end = (env: string, ended: "terminated" | "truncated" | "cut", reward = 0, total = reward): string =>
    endWord(env, { ended, reward, return: total });

  it("is said in a word", () => {
    expect(end("CartPole-v1", "terminated", 1)).toBe("fell, or left the track");
    expect(end("CartPole-v1", "truncated", 1)).toBe("time limit");
    expect(end("LunarLander-v3", "terminated", 100)).toBe("at rest");
    expect(end("LunarLander-v3", "terminated", -100)).toBe("crashed, or flew away");
    expect(end("FrozenLake-v1", "terminated", 0)).toBe("fell into a hole");
    expect(end("Blackjack-v1", "terminated", -1)).toBe("lost");
    expect(end("MyGame-v0", "terminated", 5)).toBe("ended");
    expect(end("MyGame-v0", "cut")).toMatch(/no further/);
  });
});

describe("names of actions", () => {
  it("fit the space, or are none", () => {
    expect(namesOf("CartPole-v1", { kind: "discrete", n: 2, start: 0 })).toEqual(["push left", "push right"]);
    expect(namesOf("CartPole-v1", { kind: "discrete", n: 3, start: 0 })).toBeUndefined();
    expect(namesOf("constructor", { kind: "discrete", n: 2, start: 0 })).toBeUndefined();
    expect(namesOf(undefined, undefined)).toBeUndefined();
  });
});

describe("the density of a normal action", () => {
  const standard = { mean: 0, deviation: 1, squashed: false, low: null, high: null };

  it("is a bell over four deviations without bounds, and over the bounds with them", () => {
    const free = densityOf(standard);
    expect([free.low, free.high]).toEqual([-4, 4]);
    expect(free.heights.indexOf(1)).toBe(40);
    expect(densityOf({ ...standard, mean: 9, low: -2, high: 2 })).toMatchObject({ low: -2, high: 2 });
  });

  it("gathers at both bounds if a wide normal is squashed", () => {
    const { heights } = densityOf({ mean: 0, deviation: 3, squashed: true, low: -2, high: 2 });
    expect(heights[1]).toBeGreaterThan(heights[40]);
    expect(heights[79]).toBeCloseTo(heights[1], 6);
    expect(middleOf({ mean: 0.5, deviation: 3, squashed: true, low: -2, high: 2 })).toBeCloseTo(2 * Math.tanh(0.5), 12);
  });
});
