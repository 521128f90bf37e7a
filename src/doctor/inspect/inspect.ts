import { bySeverity, type Finding } from "../finding.js";
import { advantagesFinite, normalisedParts } from "./advantage-checks.js";
import { entropyFinite, rowsDropped, storedActions, targetsMoved } from "./batch-checks.js";
import { creditMisplaced, limitReached } from "./credit-checks.js";
import { checkOptions, checkUpdate } from "./given.js";
import { lossGraph, staleLogProbs } from "./graph-checks.js";
import type { Inspection, InspectOptions, LoopUpdate } from "./loop.js";
import { ratios } from "./ratio-checks.js";
import { type Check, numbersOf, type Report } from "./reading.js";
import { wrongSign } from "./sign-check.js";
import { gradientsKept, notOptimised, stepSizes, weightsUnmoved } from "./weight-checks.js";

const CHECKS: readonly ((options: InspectOptions, report: Report) => Check)[] = [
  lossGraph,
  staleLogProbs,
  wrongSign,
  notOptimised,
  gradientsKept,
  weightsUnmoved,
  stepSizes,
  advantagesFinite,
  entropyFinite,
  normalisedParts,
  creditMisplaced,
  limitReached,
  ratios,
  targetsMoved,
  rowsDropped,
  storedActions,
];

/**
 * A doctor beside a training loop written by hand. It is shown what the loop has, in one line before each
 * `loss.backward()`, and names the usual mistakes. It reads copies, draws no random numbers and changes nothing, so the
 * loop computes the same bits with it.
 *
 *     const doctor = inspect({ policy, optimizer });
 *     …
 *     for (const { code, seen, tryNext } of doctor.update({ loss, logProbs, advantages })) console.log(code, seen, tryNext);
 *     optimizer.zeroGrad();
 *     loss.backward();
 *     optimizer.step();
 *
 * `docs/doctor.md` lists the findings with the fields that each of them needs.
 *
 * @throws ConfigError for a field that does not exist or a value of another kind, as does `update`
 */
export function inspect(options: InspectOptions = {}): Inspection {
  checkOptions(options);
  const found = new Map<string, Finding>();
  let fresh: Finding[] = [];
  const report: Report = (finding) => {
    if (found.has(finding.code)) return;
    found.set(finding.code, finding);
    fresh.push(finding);
  };
  const checks = CHECKS.map((check) => check(options, report));
  let count = 0;
  let batch: LoopUpdate["rewards"];
  return {
    update(given) {
      checkUpdate(given);
      count++;
      const newBatch = given.rewards === undefined || given.rewards !== batch;
      batch = given.rewards;
      const { logProbs, oldLogProbs, advantages } = given;
      const reading = {
        given,
        count,
        newBatch,
        logProbs: numbersOf(logProbs),
        oldLogProbs: numbersOf(oldLogProbs),
        advantages: numbersOf(advantages),
      };
      for (const check of checks) check(reading);
      const news = bySeverity(fresh);
      fresh = [];
      return news;
    },
    findings: () => bySeverity([...found.values()]),
  };
}
