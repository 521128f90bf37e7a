import type { Report } from "../../findings.js";
import type { AnyEnv, Value } from "../env.js";
import { firstDifference, type Moment, masked, playSeeded, someActions } from "./play.js";
import { copied, difference, holds, isTyped, sharesMemory } from "./same.js";

/** Checks that returned objects do not change later, and that actions are neither changed nor kept. */
export function checkBuffers(env: AnyEnv, steps: number, report: Report): void {
  checkAliasing(env, steps, report);
  const actions = someActions(env, 3, steps, report);
  if (actions.some(isTyped)) checkActions(env, actions, report);
}

function checkAliasing(env: AnyEnv, steps: number, report: Report): void {
  const handedOut: { given: { observation: unknown; info: unknown }; copy: unknown }[] = [];
  const keep = (given: { observation: unknown; info: unknown }): void => {
    const before = handedOut.at(-1)?.given;
    if (before && sharesMemory(before.observation, given.observation))
      report.error("aliasing", "two observations share memory: return a fresh array from every reset and step");
    if (before && sharesMemory(before.info, given.info))
      report.error("info-aliasing", "two infos share an object: return a fresh one from every reset and step");
    handedOut.push({ given, copy: copied({ observation: given.observation, info: given.info }) });
  };
  const actions = someActions(env, 3, Math.min(steps, 100), report);
  keep(env.reset({ seed: 3 }));
  for (const action of actions) {
    const result = env.step(action);
    keep(result);
    if (result.terminated || result.truncated) keep(env.reset());
  }
  for (const { given, copy } of handedOut) {
    const changed = difference(copy, { observation: given.observation, info: given.info });
    if (changed !== undefined)
      report.error("aliasing", `what was returned changed later: ${changed.replace(/^\./, "")}`);
  }
}

function checkActions(env: AnyEnv, actions: readonly Value[], report: Report): void {
  const plain = playSeeded(env, 3, actions, report);
  const scribbled: Moment[] = [];
  const record = (result: unknown): void => void scribbled.push(masked(env, copied(result) as Moment, report));
  record(env.reset({ seed: 3 }));
  actions.forEach((action, t) => {
    const buffer = copied(action) as Value;
    const result = env.step(buffer);
    if (isTyped(buffer) && holds(result, buffer))
      report.error(
        "action-kept",
        "step returned the array of the action, which its owner may reuse: return a fresh one",
      );
    const changed = difference(action, buffer, "action");
    if (changed !== undefined) report.error("action-changed", `step wrote into its argument: ${changed}`);
    const other = actions[(t + 1) % actions.length];
    const returned = copied(result) as typeof result;
    // The next mask may depend on an array that was kept, too.
    if (isTyped(buffer) && isTyped(other)) buffer.set(other);
    record(returned);
    if (result.terminated || result.truncated) record(env.reset());
  });
  const found = firstDifference(plain, scribbled);
  if (found !== undefined)
    report.error("action-kept", `the environment keeps the array of the action, which its owner may reuse: ${found}`);
}
