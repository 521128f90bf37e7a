import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import type { Budget } from "./budget.js";
import { Progress } from "./verdict.js";

interface Phase {
  readonly episodes: number;
  readonly returns: number | ((episode: number) => number);
  readonly entropy?: number;
}

/** A run of one episode an update through the given phases. */
function runOf(
  phases: readonly Phase[],
  { threshold, dimensions = 0 }: { threshold?: number; dimensions?: number } = {},
): Progress {
  const progress = new Progress(threshold, dimensions);
  for (const { episodes, returns, entropy = 0.5 } of phases) {
    for (let episode = 0; episode < episodes; episode++) {
      progress.add([typeof returns === "number" ? returns : returns(episode)]);
      progress.learned(entropy);
    }
  }
  return progress;
}

/** Returns that jump about without going anywhere: -1, 1, 0, … around `mean`. */
const noise =
  (mean: number, size: number) =>
  (episode: number): number =>
    mean + size * (((episode * 7919) % 3) - 1);

const untrained: Phase = { episodes: 20, returns: 22, entropy: 0.69 };

describe("the verdict", () => {
  const verdict = (phases: readonly Phase[], episodes: number, options = {}): string => {
    const { kind, text } = runOf(phases, options).verdict({ episodes, steps: null }, 0);
    return `${kind}: ${text}`;
  };
  const cartPole = { threshold: 475 };

  it("solved", () => {
    expect(verdict([untrained, { episodes: 100, returns: 480 }], 1000, cartPole)).toBe(
      "solved: Solved at episode 119: the last 100 episodes average 480.",
    );
  });
  it("solved, and still about as good", () => {
    const phases = [untrained, { episodes: 100, returns: 500 }, { episodes: 100, returns: 470 }];
    expect(verdict(phases, 220, cartPole)).toBe("solved: Solved at episode 115: the last 100 episodes average 470.");
  });
  it("solved, then worse", () => {
    expect(verdict([untrained, { episodes: 100, returns: 500 }, { episodes: 60, returns: 200 }], 180, cartPole)).toBe(
      "solved: Solved at episode 115; since then it got worse: the last 100 episodes average 320.",
    );
  });
  it("collapsed", () => {
    expect(
      verdict(
        [untrained, { episodes: 100, returns: 150 }, { episodes: 50, returns: 9.4, entropy: 0.001 }],
        1000,
        cartPole,
      ),
    ).toBe(
      "collapsed: Collapsed by episode 135: entropy 0.00 nats, the last 20 episodes average 9.4, the best 20 in a row 150. " +
        "A smaller learning rate or a gradient limit helps.",
    );
  });
  it("collapsed from the start, before there was anything to fall from", () => {
    const { kind, text } = runOf(
      [
        { episodes: 1, returns: 22, entropy: 0.69 },
        { episodes: 99, returns: 9.5, entropy: 0 },
      ],
      cartPole,
    ).verdict({ episodes: 100, steps: null }, 0);
    expect([kind, text.slice(0, 24)]).toEqual(["collapsed", "Collapsed by episode 40:"]);
  });
  it("solved, then collapsed", () => {
    expect(
      verdict([untrained, { episodes: 100, returns: 500 }, { episodes: 100, returns: 9, entropy: 0 }], 220, cartPole),
    ).toMatch(
      /^collapsed: Solved at episode 115, then collapsed by episode 1\d\d: entropy 0\.00 nats, the last 20 episodes average 9, /,
    );
  });
  it("no longer collapsed after it has recovered", () => {
    expect(
      verdict([untrained, { episodes: 60, returns: 9, entropy: 0 }, { episodes: 100, returns: 300 }], 1000, cartPole),
    ).toMatch(/^improving/);
  });
  it("not collapsed where the policy is deterministic and good", () => {
    expect(verdict([untrained, { episodes: 200, returns: 480, entropy: 0 }], 220, cartPole)).toMatch(/^solved/);
  });
  it("not collapsed where the returns are poor but the policy still explores", () => {
    expect(verdict([untrained, { episodes: 200, returns: 15, entropy: 0.5 }], 220, cartPole)).toBe(
      "stalled: No longer improving after 220 episodes: the last 100 episodes average 15, the best 20 in a row 22; 475 would count as solved.",
    );
  });
  it("collapsed at a floor that was never left, as where nothing is ever rewarded", () => {
    expect(
      verdict(
        [
          { episodes: 1, returns: -200, entropy: 1.1 },
          { episodes: 99, returns: -200, entropy: 0.02 },
        ],
        100,
        { threshold: -110 },
      ),
    ).toMatch(
      /^collapsed: Collapsed by episode 40: entropy 0\.02 nats, the last 20 episodes average -200, the best 20 in a row -200\./,
    );
  });
  it("not collapsed by chance, where returns are noisy and the policy is merely deterministic", () => {
    expect(
      verdict(
        [
          { episodes: 20, returns: noise(-0.4, 1), entropy: 0.69 },
          { episodes: 300, returns: noise(-0.2, 1), entropy: 0 },
        ],
        320,
      ),
    ).toMatch(/^stalled: No longer improving .* The policy hardly explores any more: entropy 0\.00 nats\.$/);
  });
  it("not collapsed by an unlucky end, where the deterministic policy has done better than that all along", () => {
    const phases = [
      { episodes: 20, returns: -0.5, entropy: 0.69 },
      { episodes: 300, returns: -0.2, entropy: 0 },
      { episodes: 20, returns: -0.6, entropy: 0 },
    ];
    expect(verdict(phases, 340)).toMatch(/^stalled/);
  });
  it("requires 3 nats per dimension of a continuous policy, because its entropy has no lower bound", () => {
    const phases = (entropy: number): Phase[] => [
      { episodes: 20, returns: -1200, entropy: 2.8 },
      { episodes: 60, returns: -1300, entropy },
    ];
    expect(verdict(phases(-3), 80, { dimensions: 2 })).toMatch(/^stalled/);
    expect(verdict(phases(-3.3), 80, { dimensions: 2 })).toMatch(
      /^collapsed: Collapsed by episode 40: entropy -3\.30 nats/,
    );
    expect(verdict(phases(0.1), 80, { dimensions: 2 })).toMatch(/^stalled/);
  });
  it("never collapsed where there is but one action, and never any entropy", () => {
    expect(verdict([{ episodes: 100, returns: 1, entropy: 0 }], 100)).toBe(
      "stalled: No longer improving after 100 episodes: the last 100 episodes average 1, the best 20 in a row 1.",
    );
  });
  it("improving", () => {
    expect(verdict([untrained, { episodes: 200, returns: (episode) => 22 + episode }], 1000, cartPole)).toBe(
      "improving: Still improving after 220 episodes: the last 100 episodes average 171.5; 475 would count as solved.",
    );
  });
  it("stalled where what looks like improvement is chance", () => {
    const lucky = (episode: number): number => (episode >= 100 && episode % 25 === 0 ? 1 : episode === 50 ? 1 : 0);
    expect(verdict([{ episodes: 200, returns: lucky }], 200, { threshold: 0.7 })).toMatch(/^stalled/);
  });
  it("unfinished where it was stopped early, and where there was too little to tell", () => {
    expect(verdict([{ episodes: 100, returns: noise(20, 5) }], 1000, cartPole)).toBe(
      "unfinished: Stopped at episode 100 of 1000: the last 100 episodes average 19.9; 475 would count as solved.",
    );
    expect(verdict([{ episodes: 10, returns: 20 }], 10)).toBe(
      "unfinished: 10 episodes are too few to tell: the last 10 episodes average 20.",
    );
    expect(verdict([], 10)).toBe("unfinished: No episode is complete yet.");
  });
  it("counts steps if the run has a limit in steps", () => {
    const progress = runOf([{ episodes: 100, returns: noise(20, 5) }], cartPole);
    const text = (budget: Budget, steps: number): string => progress.verdict(budget, steps).text;
    expect(text({ episodes: null, steps: 100_000 }, 51_200)).toBe(
      "Stopped after 51,200 of 100,000 steps: the last 100 episodes average 19.9; 475 would count as solved.",
    );
    expect(text({ episodes: 200, steps: 100_000 }, 51_200)).toMatch(/^Stopped after 51,200 of 100,000 steps/);
    expect(text({ episodes: 110, steps: 100_000 }, 51_200)).toMatch(/^Stopped at episode 100 of 110/);
    expect(text({ episodes: 110, steps: 51_000 }, 51_200)).toMatch(/^No longer improving after 100 episodes/);
  });
  it("goes on where an update brought no episode to its end", () => {
    const progress = runOf([untrained]);
    expect(progress.add([])).toBe(false);
    progress.learned(0.6);
    expect([progress.episodes, progress.average]).toEqual([20, 22]);
    const empty = new Progress(475, 0);
    expect(empty.add([])).toBe(false);
    empty.learned(0.6);
    expect(empty.verdict({ episodes: null, steps: 100 }, 50).text).toBe("No episode is complete yet.");
  });
});

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
          second.learned(entropy);
        }
        expect(JSON.stringify(second.snapshot())).toBe(JSON.stringify(whole.snapshot()));
        const budget = { episodes: 260, steps: null };
        expect(second.verdict(budget, 0)).toEqual(whole.verdict(budget, 0));
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
