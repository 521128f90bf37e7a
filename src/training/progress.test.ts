import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { type Phase, runOf, untrained } from "../../test/phases.js";
import { Progress } from "./progress.js";
import { verdictOf } from "./verdict.js";

describe("the account of a run", () => {
  it("averages the last hundred episodes, or all there are", () => {
    expect(runOf([]).average).toBeNaN();
    expect(runOf([{ episodes: 4, returns: (episode) => episode }]).average).toBe(1.5);
    expect(runOf([{ episodes: 150, returns: (episode) => episode }]).average).toBe(99.5);
  });
  it("counts solved from the hundredth episode on, and keeps the first", () => {
    expect(runOf([{ episodes: 99, returns: 500 }], { threshold: 475 }).solvedAtEpisode).toBeNull();
    expect(runOf([{ episodes: 130, returns: 500 }], { threshold: 475 }).solvedAtEpisode).toBe(100);
    expect(runOf([{ episodes: 100, returns: 474.9 }], { threshold: 475 }).solvedAtEpisode).toBeNull();
    expect(runOf([{ episodes: 130, returns: 500 }]).solvedAtEpisode).toBeNull();
  });
  it("counts solved where the last twenty reach the threshold too", () => {
    const phases = (late: number): Phase[] => [
      { episodes: 80, returns: 600 },
      { episodes: 20, returns: late },
      { episodes: 20, returns: 480 },
    ];
    expect(runOf(phases(480), { threshold: 475 }).solvedAtEpisode).toBe(100);
    expect(runOf(phases(470), { threshold: 475 }).solvedAtEpisode).toBe(110);
  });
  it("finds the episode that solved it within an update of many", () => {
    const progress = new Progress(475, 0);
    progress.add(new Array(90).fill(480));
    progress.add(new Array(60).fill(480));
    expect([progress.episodes, progress.solvedAtEpisode]).toEqual([150, 100]);
  });
  it("says when the last twenty are the best so far", () => {
    const progress = new Progress(undefined, 0);
    const improved = Array.from({ length: 45 }, (_, episode) => progress.add([episode < 22 || episode > 40 ? 10 : 5]));
    expect(improved.indexOf(true)).toBe(19);
    expect(improved.filter(Boolean)).toHaveLength(1);
    expect(progress.add(new Array(20).fill(11))).toBe(true);
    expect(progress.bestEpisode).toBe(11);
  });
  it("goes on from a snapshot sent through JSON as if nothing had happened", () => {
    const phase = fc.record({
      returns: fc.double({ min: -500, max: 500, noNaN: true }),
      entropy: fc.double({ min: 0, max: 1.4, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(phase, { maxLength: 260 }), fc.nat(260), (steps, cut) => {
        const phases = steps.map(({ returns, entropy }): Phase => ({ episodes: 1, returns, entropy }));
        const whole = runOf(phases, { threshold: 100 });
        const first = runOf(phases.slice(0, cut), { threshold: 100 });
        const second = new Progress(100, 0, JSON.parse(JSON.stringify(first.snapshot())));
        for (const { returns, entropy } of steps.slice(cut)) {
          second.add([returns]);
          second.learned(entropy, true);
        }
        expect(JSON.stringify(second.snapshot())).toBe(JSON.stringify(whole.snapshot()));
        const budget = { episodes: 260, steps: null };
        expect(verdictOf(second, { budget, steps: 0 })).toEqual(verdictOf(whole, { budget, steps: 0 }));
      }),
      { seed: 1, numRuns: 50 },
    );
  });
  it("refuses an invalid snapshot", () => {
    const state = runOf([untrained]).snapshot();
    for (const wrong of [
      { episodes: "20" },
      { recent: "22" },
      { recent: [null] },
      { startAverage: "22" },
      { episodes: undefined },
      { recent: new Array(201).fill(22) },
      { recent: [22] },
    ]) {
      expect(() => new Progress(475, 0, { ...state, ...wrong } as never)).toThrow(RangeError);
    }
  });
});

test("a state that collapsed before it had anything to lose is refused", () => {
  const begun = new Progress(475, 0).snapshot();
  expect(() => new Progress(475, 0, { ...begun, collapsedSince: 5 })).toThrow(
    "progress.collapsedSince can't be 5 before there is a best average and an entropy",
  );
});
