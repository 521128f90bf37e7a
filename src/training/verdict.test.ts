import { describe, expect, it } from "vitest";
import { noise, type Phase, runOf, untrained } from "../../test/phases.js";
import type { Budget } from "./budget.js";
import { Progress } from "./progress.js";
import { verdictOf } from "./verdict.js";

describe("the verdict", () => {
  const verdict = (phases: readonly Phase[], episodes: number, options = {}): string => {
    const { kind, text } = verdictOf(runOf(phases, options), { budget: { episodes, steps: null }, steps: 0 });
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
    expect(verdict(phases, 220, cartPole)).toBe(
      "solved: Solved at episode 115; since then the last 100 episodes average 470, just below the mark of 475.",
    );
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
    const phases = [
      { episodes: 1, returns: 22, entropy: 0.69 },
      { episodes: 99, returns: 9.5, entropy: 0 },
    ];
    expect(verdict(phases, 100, cartPole)).toMatch(/^collapsed: Collapsed by episode 40:/);
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
    const text = (budget: Budget, steps: number): string => verdictOf(progress, { budget, steps }).text;
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
    progress.learned(0.6, true);
    expect([progress.episodes, progress.average]).toEqual([20, 22]);
    const empty = new Progress(475, 0);
    expect(empty.add([])).toBe(false);
    empty.learned(0.6, true);
    expect(verdictOf(empty, { budget: { episodes: null, steps: 100 }, steps: 50 }).text).toBe(
      "No episode is complete yet.",
    );
  });
  it("never says that an average is below a mark and gives the mark as that average", () => {
    const phases = (returns: number): Phase[] => [untrained, { episodes: 200, returns }];
    expect(verdict(phases(474.96), 220, cartPole)).toMatch(/ average 474\.96, .* 475 would count as solved\.$/);
    expect(verdict(phases(-100.00004), 220, { threshold: -100 })).toMatch(/ average -100\.00004, /);
    const lake: Phase[] = [
      { episodes: 20, returns: 0 },
      { episodes: 100, returns: 0.72 },
      { episodes: 100, returns: 0.68 },
    ];
    expect(verdict(lake, 220, { threshold: 0.7 })).toBe(
      "solved: Solved at episode 118; since then the last 100 episodes average 0.68, just below the mark of 0.7.",
    );
  });
  it("says what is missing where the last 100 episodes reach the mark, and the last 20 don't", () => {
    const fallen = [
      { episodes: 80, returns: 500 },
      { episodes: 20, returns: 400 },
    ];
    expect(verdict(fallen, 100, cartPole)).toMatch(
      /: the last 100 episodes average 480, .*the last 20 only 400; 475 over both would count as solved\.$/,
    );
    expect(verdict([{ episodes: 60, returns: 500 }], 60, cartPole)).toMatch(
      / average 500, .*; 475 over 100 episodes would count as solved\.$/,
    );
  });
  it("has a word for a run in which no update had a gradient", () => {
    const flat = { ...untrained, episodes: 60, hadGradient: false };
    expect(verdict([flat], 60, cartPole)).toBe(
      "no-gradient: No gradient in 60 episodes, so nothing was learned: the last 60 episodes average 22; " +
        "475 would count as solved. All its advantages were 0, as where every return is the same.",
    );
    expect(verdict([untrained, flat], 80)).toMatch(/^stalled: .* The last 60 episodes gave no gradient\.$/);
    const { text } = verdictOf(runOf([flat]), {
      budget: { episodes: 60, steps: null },
      steps: 0,
      noGradient: "these returns cancel out",
    });
    expect(text).toMatch(/: the last 60 episodes average 22\. these returns cancel out\.$/);
  });
  it("calls a run without a gradient solved where the policy was good from the start", () => {
    expect(verdict([{ episodes: 100, returns: 500, hadGradient: false }], 100, cartPole)).toMatch(/^solved/);
  });
});
