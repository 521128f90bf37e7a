import { show } from "../../errors.js";
import type { Report } from "../../findings.js";
import { defaultRng } from "../../random/generator.js";
import type { AnyEnv } from "../env.js";
import { someActions } from "./play.js";

/** Checks that `step` throws outside an episode, and that no episode is truncated at its first step. */
export function checkOrder(
  env: AnyEnv,
  fresh: AnyEnv | undefined,
  { seeds, steps }: { seeds: number; steps: number },
  report: Report,
): void {
  if (fresh !== undefined && !throws(() => fresh.step(fresh.actionSpace.sample(defaultRng(0)))))
    report.warn("step-before-reset", "step before the first reset did not throw");

  for (let seed = 0; seed < seeds; seed++) {
    const actions = someActions(env, seed, steps, report);
    env.reset({ seed });
    for (const [t, action] of actions.entries()) {
      const { terminated, truncated } = env.step(action);
      if (truncated && t === 0) report.error("truncates-at-once", "the first step of an episode was truncated");
      if (!terminated && !truncated) continue;
      if (!throws(() => env.step(action)))
        report.warn(
          "step-after-end",
          `step after an end (${show({ terminated, truncated })}) did not throw: a loop that forgets to reset would go on`,
        );
      break;
    }
  }
}

function throws(call: () => unknown): boolean {
  try {
    call();
    return false;
  } catch {
    return true;
  }
}
