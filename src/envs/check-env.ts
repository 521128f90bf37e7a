import { ConfigError, show } from "../errors.js";
import { type Finding, Report } from "../findings.js";
import { checkBuffers } from "./check/buffers.js";
import { checkHidden } from "./check/hidden.js";
import { checkOrder } from "./check/order.js";
import { playSeeded, someActions } from "./check/play.js";
import { checkScenes } from "./check/scene.js";
import { checkIndependence, checkSeeding } from "./check/seeds.js";
import { checkSnapshots } from "./check/snapshots.js";
import { checkSpaces } from "./check/spaces.js";
import type { AnyEnv } from "./env.js";

export type { Finding } from "../findings.js";

/**
 * Checks an environment and returns what is wrong with it. A sound environment gives an empty list, so a test can be
 * `expect(checkEnv(() => myGame())).toEqual([])`. An exception from the environment is reported as a finding. Errors
 * break training or its reproducibility; warnings are likely to surprise.
 *
 * Pass a function that makes the environment, so that several instances can be compared. With a single instance, all
 * other checks run; it is reset many times.
 *
 * Its actions are random ones that `actionMask` allows. It checks
 *
 * - the spaces and their samples;
 * - all that `reset`, `step` and `actionMask` return: form, shape, type, bounds, NaN, infinities, Promises;
 * - that the same seed and actions give the same bits, over `seeds` seeds of `steps` steps;
 * - that seeds matter, and that `reset()` continues the stream of random numbers;
 * - that no observation or info shares memory with another, and that no action is changed or kept;
 * - that a restored snapshot has the same future;
 * - that `step` throws before a reset and after an end (warnings);
 * - that the environment calls neither `Math.random` nor a clock;
 * - that its pictures can be drawn.
 *
 * @throws ConfigError if `seeds` or `steps` is below 1
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
      playSeeded(checked, 0, someActions(checked, 0, steps, report), report);
      if (report.failed) return;
      checkSeeding(checked, { seeds, steps }, report);
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
