import type { Report } from "../../findings.js";
import type { AnyEnv, Json } from "../env.js";
import { firstDifference, playOn, playSeeded, someActions } from "./play.js";
import { difference } from "./same.js";

/** Checks that a snapshot from the middle of an episode, sent through JSON, restores exactly the same future. */
export function checkSnapshots(env: AnyEnv, fresh: AnyEnv | undefined, steps: number, report: Report): void {
  if (!env.snapshot && !env.restore) return;
  if (!env.snapshot || !env.restore) {
    report.error("snapshot", "only one of snapshot and restore is there: resuming a run needs both");
    return;
  }
  const actions = someActions(env, 9, steps, report);
  const whole = playSeeded(env, 9, actions, report);
  for (const when of [0, 1, 3, Math.floor(steps / 2)]) {
    playSeeded(env, 9, actions.slice(0, when), report);
    const snapshot = env.snapshot();
    const text = JSON.stringify(snapshot);
    const lost = difference(snapshot, JSON.parse(text), "snapshot");
    if (lost !== undefined) report.error("snapshot", `JSON does not preserve it: ${lost}`);
    const rest = playOn(env, actions.slice(when), report);
    if (JSON.stringify(snapshot) !== text)
      report.error("snapshot", "the snapshot changed when the environment went on: it has to be a copy");
    const disturbed = firstDifference(whole.slice(whole.length - rest.length), rest);
    if (disturbed !== undefined) report.error("snapshot", `taking a snapshot changes what follows: ${disturbed}`);
    for (const target of fresh ? [env, fresh] : [env]) {
      target.reset({ seed: 10 });
      target.restore?.(JSON.parse(text) as Json);
      const found = firstDifference(rest, playOn(target, actions.slice(when), report));
      if (found !== undefined) report.error("snapshot", `the future after a restore at step ${when} differs: ${found}`);
    }
  }
}
