import { expect, test } from "vitest";
import { read } from "../../test/golden/read.js";
import { cellVerdict } from "./cell-verdict.js";
import type { RunOutcome } from "./outcome.js";

/** Five recorded runs each of settings whose curves were looked at. */
const cells = read<Record<string, { mark: number | undefined; runs: RunOutcome[] }>>("cells");

const judge = (name: string, seeds = 5) => cellVerdict(cells[name].runs, { seeds, mark: cells[name].mark });

/** The recorded runs with some of them changed. */
function changed(name: string, count: number, change: Partial<RunOutcome>) {
  const { runs, mark } = cells[name];
  return cellVerdict(
    runs.map((run, i) => (i < count ? { ...run, ...change } : run)),
    { seeds: 5, mark },
  );
}

test.each([
  [
    "cp-1e-6",
    "stalled",
    "No better than untrained: a final return of 21.8, where 22 is untrained and 475 counts as solved.",
  ],
  [
    "cp-1e-4",
    "slow",
    "Rising slowly, from 22.9 in the first quarter of the budget to 35.7 in the last: a final return of 37.6, where 22.6 is untrained and 475 counts as solved.",
  ],
  ["cp-1e-3-full", "solved", "Solved with all 5 seeds, at episode 226 (214 to 278)."],
  ["cp-1e-2", "solved", "Solved with all 5 seeds, at episode 227 (173 to 257), and lost again for a while with 1."],
  [
    "cp-1e-1",
    "collapsed",
    "Collapsed with all 5 seeds: a final return of 9.35, where 22.5 is untrained and 475 counts as solved.",
  ],
  [
    "cp-1",
    "collapsed",
    "Collapsed with 4 of 5 seeds: a final return of 9.41, where 30 is untrained and 475 counts as solved.",
  ],
  [
    "cp-lect-1e-3",
    "unstable",
    "Solved with all 5 seeds, at episode 622 (517 to 947), and lost again with 2: a final return of 454, where 21.3 is untrained and 475 counts as solved.",
  ],
  ["cp-ppo", "solved", "Solved with all 5 seeds, at step 56,920 (52,968 to 64,008)."],
  [
    "fl8-lect",
    "no-gradient",
    "No gradient with 3 of 5 seeds, so nothing was learned: a final return of 0.01, where 0 is untrained and 0.85 counts as solved.",
  ],
  [
    "ll-ppo-short",
    "slow",
    "Still rising at the end of the budget with all 5 seeds: a final return of 28.4, where -171 is untrained and 200 counts as solved.",
  ],
  ["ll-1e-2", "stalled", "No longer rising: a final return of -188, where -304 is untrained and 200 counts as solved."],
  ["acro", "solved", "Solved with all 5 seeds, at step 40,320 (38,672 to 45,440)."],
  [
    "mc",
    "stalled",
    "No better than untrained: a final return of -200, where -200 is untrained and -110 counts as solved.",
  ],
  [
    "pend",
    "slow",
    "Still rising at the end of the budget with all 5 seeds: a final return of -158, where -1241 is untrained.",
  ],
])("the recorded runs of %s are %s", (name, kind, text) => {
  expect(judge(name)).toEqual({ kind, text, anecdote: false });
});

test("one seed that diverged or failed decides, and counts as untrained", () => {
  const diverged = changed("cp-1e-3-full", 1, { end: "diverged", solvedAtEpisode: null, verdict: "unfinished" });
  expect(diverged).toMatchObject({
    kind: "diverged",
    text: "Diverged with 1 of 5 seeds: a number was no longer finite. These count as untrained. 4 solved.",
  });
  expect(changed("cp-1e-3-full", 2, { end: "failed", error: "step 7: the disk is full" })).toMatchObject({
    kind: "failed",
    text: "Failed with 2 of 5 seeds, which count as untrained: step 7: the disk is full",
  });
});

test("a quarter of the seeds below the mark at the end is unstable, fewer are not", () => {
  expect(changed("cp-1e-3-full", 1, { fellBack: true }).kind).toBe("solved");
  expect(changed("cp-1e-3-full", 2, { fellBack: true }).kind).toBe("unstable");
});

test("some seeds that reached the mark beside others that don't rise are unstable", () => {
  const unsolved = cells["cp-1e-6"].runs[0];
  expect(changed("cp-1e-3-full", 1, unsolved)).toMatchObject({
    kind: "unstable",
    text: "Solved with 4 of 5 seeds, at episode 232 (214 to 278): a final return of 500, where 24.4 is untrained and 475 counts as solved.",
  });
  expect(changed("cp-1e-3-full", 1, { ...unsolved, verdict: "improving" }).kind).toBe("slow");
});

test("seeds that disagree by more than half of the way to the mark are unstable", () => {
  expect(changed("cp-1e-6", 3, { finalReturn: 300 })).toMatchObject({
    kind: "unstable",
    text: expect.stringMatching(
      /^The seeds disagree: a final return of \d+, where 22 is untrained and 475 counts as solved, from 18\.5 to 300\.$/,
    ),
  });
});

test("a cell with missing or interrupted seeds is unfinished, and says how it stands so far", () => {
  expect(judge("cp-1e-1", 7)).toMatchObject({
    kind: "unfinished",
    text: "5 of 7 seeds are done; so far: collapsed with all 5 seeds: a final return of 9.35, where 22.5 is untrained and 475 counts as solved.",
  });
  expect(changed("cp-1e-4", 1, { end: "stopped" }).kind).toBe("unfinished");
  expect(changed("cp-1e-1", 1, { end: "stopped" }).kind).toBe("collapsed");
  expect(cellVerdict([], { seeds: 5 })).toEqual({
    kind: "unfinished",
    text: "None of 5 seeds is done.",
    anecdote: false,
  });
});

test("runs of too few episodes are not judged", () => {
  expect(changed("cp-1e-6", 3, { verdict: "unfinished" })).toMatchObject({
    kind: "unfinished",
    text: "Too short to tell: a final return of 21.8, where 22 is untrained and 475 counts as solved.",
  });
});

test("where no episode has ended, there are no returns to speak of", () => {
  const none = { verdict: "unfinished" as const, finalReturn: null, untrainedReturn: null, episodes: 0 };
  expect(changed("cp-1e-6", 5, none).text).toBe("Too short to tell: no episode has ended.");
});

test("a run that its `until` ended before its budget has reached its goal", () => {
  const { runs } = cells["cp-1e-4"];
  const until = runs.map((run) => ({
    ...run,
    until: 30,
    verdict: "unfinished" as const,
    episodes: 250,
    curve: { ...run.curve, returns: [] },
  }));
  expect(cellVerdict(until, { seeds: 5, mark: 30 })).toMatchObject({
    kind: "solved",
    text: "Solved with all 5 seeds, at episode 250.",
  });
});

test("without a mark a curve that no longer rises is flat", () => {
  const { runs } = cells["cp-1e-6"];
  expect(cellVerdict(runs, { seeds: 5 }).kind).toBe("flat");
});

test("fewer than 5 seeds are an anecdote", () => {
  const { runs, mark } = cells["cp-1e-1"];
  expect(cellVerdict(runs.slice(0, 1), { seeds: 1, mark })).toMatchObject({
    anecdote: true,
    text: expect.stringMatching(/ 1 seed is an anecdote\.$/),
  });
});
