import { describe, expect, it } from "vitest";
import { someReport } from "../../test/some-report.js";
import type { RunRecord } from "../training/run-record.js";
import type { ResolvedConfig, RunResult, Update, Verdict } from "../training/types.js";
import { outcomeOf } from "./outcome-of.js";
import { runId } from "./plan.js";

const config: ResolvedConfig = { ...someReport.record.config, env: "CartPole-v1", episodes: 200, steps: null };

function resultOf(kind: Verdict["kind"], solvedAtEpisode: number | null): RunResult {
  const verdict = { kind, text: "" };
  const counts = { updates: 1, episodes: 1, steps: 1, averageReturn: 1, bestEpisodeReturn: 1 };
  return { verdict, solvedAtEpisode, ...counts, weightsSha256: "ab".repeat(32) };
}

function recordOf(given: Partial<RunRecord>): RunRecord {
  return { ...someReport.record, config, until: null, status: "finished", error: null, errorName: null, ...given };
}

/** Updates of ten episodes with these returns; each episode takes 5 steps. */
function updatesOf(returns: readonly number[]): Update[] {
  return Array.from({ length: returns.length / 10 }, (_, i) => ({
    update: i + 1,
    episodes: 10 * (i + 1),
    steps: 50 * (i + 1),
    returns: returns.slice(10 * i, 10 * (i + 1)),
    lengths: Array.from({ length: 10 }, () => 5),
    lastSteps: Array.from({ length: 10 }, (_, j) => 50 * i + 5 * (j + 1)),
    averageReturn: 0,
    info: {},
    diagnostics: { loss: 0, entropy: 0, gradientNorm: 1, learningRate: 0.1 },
  }));
}

const repeat = (value: number, times: number): number[] => Array.from({ length: times }, () => value);

describe("the outcome of a run", () => {
  it("has the mean of the first 20 episodes, and that of the last tenth but at least 20", () => {
    const long = [...repeat(1, 20), ...repeat(5, 350), ...repeat(9, 30)];
    const outcome = outcomeOf(recordOf({ result: resultOf("stalled", null) }), updatesOf(long));
    expect(outcome).toMatchObject({
      untrainedReturn: 1,
      finalReturn: (10 * 5 + 30 * 9) / 40,
      episodes: 400,
      steps: 2000,
    });
    const short = outcomeOf(
      recordOf({ result: resultOf("stalled", null) }),
      updatesOf([...repeat(1, 20), ...repeat(3, 10)]),
    );
    expect(short).toMatchObject({ untrainedReturn: 1, finalReturn: 2, verdict: "stalled", end: "finished" });
    const tiny = outcomeOf(recordOf({ result: resultOf("unfinished", null) }), updatesOf(repeat(4, 10)));
    expect(tiny).toMatchObject({ untrainedReturn: 4, finalReturn: 4 });
  });

  it("knows when the run was solved, in episodes and in steps, and whether it fell back", () => {
    const solved = recordOf({ result: resultOf("solved", 120) });
    const kept = outcomeOf(solved, updatesOf([...repeat(20, 20), ...repeat(500, 130)]));
    expect(kept).toMatchObject({ solvedAtEpisode: 120, solvedAtStep: 600, fellBack: false, verdict: "solved" });
    const lost = outcomeOf(solved, updatesOf([...repeat(20, 20), ...repeat(500, 100), ...repeat(20, 100)]));
    expect(lost).toMatchObject({ solvedAtEpisode: 120, solvedAtStep: 600, fellBack: true });
  });

  it("scores a run that diverged as an untrained policy, and has no weights of it", () => {
    const error = "update 4: loss became NaN";
    const record = recordOf({
      status: "failed",
      error,
      errorName: "NotFiniteError",
      result: resultOf("improving", null),
    });
    const outcome = outcomeOf(record, updatesOf([...repeat(7, 20), ...repeat(400, 20)]));
    expect(outcome).toMatchObject({
      end: "diverged",
      error,
      finalReturn: 7,
      weightsSha256: null,
      verdict: "unfinished",
    });
    const other = outcomeOf(
      recordOf({ status: "failed", error, errorName: "EnvironmentError" }),
      updatesOf(repeat(7, 20)),
    );
    expect(other).toMatchObject({ end: "failed", finalReturn: 7 });
  });

  it("is that of a stopped run as long as the run isn't finished, and empty before its first update", () => {
    const outcome = outcomeOf(recordOf({ status: "running", result: null }), []);
    const nothing = { untrainedReturn: null, finalReturn: null, episodes: 0, steps: 0, solvedAtStep: null };
    expect(outcome).toMatchObject({ end: "stopped", ...nothing, curve: { returns: [] }, verdict: "unfinished" });
  });

  it("has the id of its settings and its mark", () => {
    const outcome = outcomeOf(recordOf({ until: 300, result: resultOf("stalled", null) }), []);
    expect(outcome.id).toBe(runId(config, 300));
    expect(outcome.weightsSha256).toBe("ab".repeat(32));
  });
});

describe("the curve of a run", () => {
  it("has the mean return of each hundredth of the episodes, and ends where the run did", () => {
    const returns = Array.from({ length: 20 }, (_, i) => i);
    const { curve } = outcomeOf(recordOf({ result: null }), updatesOf(returns));
    expect(curve).toEqual({
      counts: "episodes",
      of: 200,
      returns: [0.5, 2.5, 4.5, 6.5, 8.5, 10.5, 12.5, 14.5, 16.5, 18.5],
    });
  });

  it("counts steps where the budget limits them, with null where no episode ended", () => {
    const bySteps = { ...config, episodes: 1000, steps: 200 };
    const { curve } = outcomeOf(recordOf({ config: bySteps, result: null }), updatesOf(repeat(3, 10)));
    expect(curve).toMatchObject({ counts: "steps", of: 200 });
    // Episodes end at steps 5, 10 … 50; a part has 2 steps.
    const ends = [5, 10, 15, 20, 25, 30, 35, 40, 45, 50].map((step) => Math.ceil(step / 2) - 1);
    expect(curve.returns).toEqual(Array.from({ length: 25 }, (_, part) => (ends.includes(part) ? 3 : null)));
  });

  it("puts what the last update does beyond the budget into the last part", () => {
    const short = { ...config, episodes: 15 };
    const { curve } = outcomeOf(
      recordOf({ config: short, result: null }),
      updatesOf([...repeat(0, 14), ...repeat(6, 6)]),
    );
    expect(curve.returns).toHaveLength(100);
    expect(curve.returns[99]).toBe(6);
  });
});
