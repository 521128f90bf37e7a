import { expect, test } from "vitest";
import { someOutcomes, somePlan } from "../../test/some-sweep.js";
import { filledCurve } from "./filled-curve.js";
import type { RunOutcome } from "./outcome.js";

const [some] = someOutcomes(somePlan(1));
const curve = { counts: "episodes" as const, of: 100, returns: [null, 2, null, 6] };

test.each([
  ["was solved keeps its last value", "finished", 6],
  ["was stopped keeps its last value", "stopped", 6],
  ["diverged goes on as untrained, as it scores", "diverged", 1],
  ["failed goes on as untrained, as it scores", "failed", 1],
] as const)("the filled curve of a run that %s", (_, end, after) => {
  const filled = filledCurve({ ...some, curve, end, untrainedReturn: 1, solvedAtEpisode: 3 } satisfies RunOutcome);
  expect([filled.slice(0, 6), filled.at(-1)]).toEqual([[Number.NaN, 2, 2, 6, after, after], after]);
});
