import { ConfigError, show } from "../errors.js";
import { checkBuffers } from "./check/buffers.js";
import { type Finding, Report } from "./check/finding.js";
import { checkHidden } from "./check/hidden.js";
import { checkOrder } from "./check/order.js";
import { play, someActions } from "./check/play.js";
import { checkScenes } from "./check/scene.js";
import { checkIndependence, checkSeeds } from "./check/seeds.js";
import { checkSnapshots } from "./check/snapshots.js";
import { checkSpaces } from "./check/spaces.js";
import type { AnyEnv } from "./env.js";

export type { Finding } from "./check/finding.js";

/**
 * Looks for what is wrong with an environment, and returns it: an empty list is a clean bill, so that a test can be
 * `expect(checkEnv(() => myGame())).toEqual([])`. It throws only if it is called wrongly; what the environment throws is
 * a finding like any other. Errors break training or its repetition, warnings are likely to surprise.
 *
 * Give a function that makes the environment: then several instances are compared too. An instance alone is checked for
 * all the rest; it is reset many times.
 *
 * Checked are the spaces and their samples; the form and the range of all that `reset` and `step` return (shape, type,
 * bounds, NaN, infinities, Promises); that the same seed and actions give the same bits, over `seeds` seeds of `steps`
 * steps; that seeds matter and `reset()` goes on with the random numbers that there are; that no observation or info
 * shares memory with another, and no action is changed or kept; that a snapshot brings back the same future; that `step`
 * throws before a reset and after an end; that neither `Math.random` nor a clock is asked; that pictures can be drawn.
 */
export function checkEnv(
  env: AnyEnv | (() => AnyEnv),
  { seeds = 5, steps = 300 }: { seeds?: number; steps?: number } = {},
): Finding[] {
  if (!(seeds >= 1 && steps >= 1))
    throw new ConfigError({ field: "checkEnv", given: { seeds, steps }, allowed: "at least one seed and one step" });
  const report = new Report();
  const create = typeof env === "function" ? env : undefined;
  try {
    checkHidden(() => {
      const checked = create ? create() : (env as AnyEnv);
      if (typeof checked !== "object" || checked === null) {
        report.error("environment", `is ${show(checked)}, not an object with reset and step`);
        return;
      }
      checkSpaces(checked as unknown as Record<string, unknown>, report);
      if (report.failed) return;
      play(checked, 0, someActions(checked, 0, steps), report);
      if (report.failed) return;
      checkSeeds(checked, { seeds, steps }, report);
      checkBuffers(checked, steps, report);
      checkSnapshots(checked, create?.(), steps, report);
      checkScenes(checked, report);
      if (create) checkIndependence(create, steps, report);
      checkOrder(checked, create?.(), { seeds, steps }, report);
    }, report);
  } catch (error) {
    report.error("throws", `the environment threw where it should not: ${error}`);
  }
  return report.findings;
}
