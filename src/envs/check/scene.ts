import type { Report } from "../../findings.js";
import { sceneFault } from "../../scene/scene-fault.js";
import type { AnyEnv } from "../env.js";
import { someActions } from "./play.js";
import { difference } from "./same.js";

/** Checks that `render` returns a scene that can be drawn, and changes nothing. */
export function checkScenes(env: AnyEnv, report: Report): void {
  if (!env.render) return;
  const actions = someActions(env, 4, 10, report);
  env.reset({ seed: 4 });
  for (const action of actions) {
    const before = env.snapshot?.();
    const fault = sceneFault(env.render());
    if (fault !== undefined) report.error("render", `the picture can't be drawn: ${fault}`);
    const changed = difference(before, env.snapshot?.());
    if (changed !== undefined) report.error("render", `render changed the environment: ${changed}`);
    const { terminated, truncated } = env.step(action);
    if (terminated || truncated) env.reset();
  }
}
