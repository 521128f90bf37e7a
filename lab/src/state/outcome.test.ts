import { expect, it } from "vitest";
import type { RunResult } from "../protocol.js";
import { type Facts, outcomeOf } from "./outcome.js";

const seed = (status: Facts["status"], solvedAtEpisode: number | null, averageReturn: number | null): Facts => ({
  status,
  result: { solvedAtEpisode, averageReturn, verdict: { kind: "solved", text: "" } } as RunResult,
});

it("of a run is its verdict, the episode at which it was solved and its last mean", () => {
  expect(outcomeOf([seed("finished", 214, 475.3)])).toEqual({ verdict: "solved", solvedAt: 214, mean: 475.3 });
  expect(outcomeOf([seed("training", null, null)])).toEqual({
    verdict: "training",
    solvedAt: undefined,
    mean: undefined,
  });
});

it("of a group counts its seeds, and has a median only where all were solved", () => {
  const solved = [seed("finished", 200, 480), seed("finished", 300, 476), seed("finished", 220, 475)];
  expect(outcomeOf(solved)).toEqual({ verdict: "3 of 3 solved", solvedAt: 220, mean: 477 });
  expect(outcomeOf([...solved, seed("training", null, 9)])).toMatchObject({
    verdict: "3 of 4 solved, 1 training",
    solvedAt: undefined,
    mean: 360,
  });
});
