/** Whether the advantages are those of the rewards, and if not, which usual mistake gives them. */

import { bootstrapValues, gae, returnsToGo, wholeEpisodeReturns } from "../../rollout/returns.js";
import type { Finding } from "../finding.js";
import { REASONS } from "../reasons.js";
import { shown } from "../run/try-next.js";
import { distance, SHIFTS, type Shift, type Steps, shiftedGae } from "./credit.js";
import { segmentsOf } from "./episodes.js";
import type { InspectOptions, LoopUpdate } from "./loop.js";
import { type Check, numbersOf, place, type Reading, type Report } from "./reading.js";

/** Below it, numbers are the same but for rounding to float32; above three times as much, they are not. */
const SAME = 1e-3;
/** A batch says nothing about shifts unless it has some steps beside its ends. */
const FEWEST = 10;
const LAMBDAS = [1, 0.95, 0];

/** Compares the advantages with GAE and returns, then with those of shifted flags and of time limits taken as death. */
export function creditMisplaced(options: InspectOptions, report: Report): Check {
  const { gamma, lambda } = options;
  const lambdas = lambda === undefined ? LAMBDAS : [lambda];
  return (reading) => {
    const { given, advantages } = reading;
    if (gamma === undefined || advantages === undefined || advantages.length < FEWEST) return;
    if (given.rewards?.length !== advantages.length || !advantages.every(Number.isFinite)) return;
    const steps = stepsOf(given, gamma);
    if (steps === undefined) return;
    const nearest = (candidates: readonly Float64Array[]): number =>
      candidates.reduce((least, one) => Math.min(least, distance(advantages, one)), 1);
    const right = nearest(rightOnes(steps, lambdas));
    if (right < 3 * SAME) return;
    const dead = { ...steps, finalValues: steps.finalValues.map((v, i) => (steps.segments[i].truncated ? 0 : v)) };
    if (given.finalValues !== undefined && nearest(rightOnes(dead, lambdas)) < SAME) {
      report(truncationAsDeath(reading, right));
      return;
    }
    const shifts = Object.keys(SHIFTS) as Shift[];
    for (const value of shifts) {
      for (const carry of shifts) {
        if (value === "right" && carry === "right") continue;
        if (nearest(lambdas.map((one) => shiftedGae(steps, one, value, carry))) < SAME)
          report(doneMisplaced(reading, value === "right" ? carry : value, right));
      }
    }
  };
}

/** GAE, and returns to go and of whole episodes with and without V. */
function rightOnes(
  { rewards, values, segments, finalValues, gamma }: Steps,
  lambdas: readonly number[],
): Float64Array[] {
  const estimates = lambdas.map((lambda) => gae(rewards, values, segments, { gamma, lambda, finalValues }));
  const toGo = returnsToGo(rewards, segments, gamma, finalValues);
  const whole = wholeEpisodeReturns(toGo, segments);
  return [...estimates, toGo, whole, toGo.map((value, t) => value - values[t])];
}

function stepsOf(given: LoopUpdate, gamma: number): Steps | undefined {
  const segments = segmentsOf(given);
  if (given.rewards === undefined || segments === undefined) return undefined;
  const rewards = Float64Array.from(given.rewards);
  const values = numbersOf(given.values) ?? new Float64Array(rewards.length);
  const estimates = given.finalValues ?? new Float64Array(segments.length);
  if (values.length !== rewards.length || estimates.length !== segments.length) return undefined;
  return { rewards, values, segments, finalValues: bootstrapValues(segments, estimates), gamma };
}

function truncationAsDeath(reading: Reading, right: number): Finding {
  return {
    code: "truncation-as-death",
    severity: "error",
    seen: `the advantages ${place(reading)} are those of value 0 after a cut episode, and ${shown(100 * right)} % of their deviation away from the right ones`,
    why: "More would have followed after a time limit, so states near it look worthless and the value network learns to fear the clock.",
    tryNext: "add γ·V(last observation) where truncated, and 0 only where terminated",
  };
}

function doneMisplaced(reading: Reading, shift: Shift, right: number): Finding {
  return {
    code: "done-misplaced",
    severity: "error",
    seen: `the advantages ${place(reading)} are those with the end of an episode seen ${shift}, and ${shown(100 * right)} % of their deviation away from the right ones`,
    why: "Rewards of one episode are then credited to actions of another, or an episode loses its end.",
    tryNext:
      "δ[t] = reward[t] + γ·(1 - terminated[t])·V[t+1] - V[t], A[t] = δ[t] + γλ·(1 - done[t])·A[t+1], with the flags of the same step t",
  };
}

/** Episodes of the same, greatest length that count as a limit, and the length from which it may be one. */
const AT_LIMIT = 5;
const SHORTEST_LIMIT = 20;

/** Whether episodes of a fixed greatest length are all said to have terminated. */
export function limitReached(_options: InspectOptions, report: Report): Check {
  let open = false;
  let longest = 0;
  let terminations = 0;
  let others = 0;
  let shorter = 0;
  return (reading) => {
    const segments = (reading.newBatch && segmentsOf(reading.given)) || [];
    for (const { start, end, terminated, truncated } of segments) {
      // An episode that began in the batch before is longer than it looks.
      const whole = !open;
      open = !terminated && !truncated;
      if (open || !whole) continue;
      const length = end - start;
      if (length < longest) shorter++;
      if (length > longest) {
        shorter += terminations + others;
        longest = length;
        terminations = 0;
        others = 0;
      }
      if (length === longest) terminated ? terminations++ : others++;
    }
    if (terminations < AT_LIMIT || others > 0 || shorter < AT_LIMIT || longest < SHORTEST_LIMIT) return;
    report({
      code: "limit-as-death",
      severity: "warning",
      seen: `${terminations} episodes ended as terminated after exactly ${longest} steps, ${shorter} after fewer and none after more, ${place(reading)}`,
      why: REASONS["limit-as-death"],
      tryNext: "keep terminated and truncated of env.step() apart instead of joining them by ||",
    });
  };
}
