import { show } from "../../errors.js";
import type { Report } from "../../findings.js";
import { defaultRng } from "../../random/generator.js";
import type { AnyEnv, ResetOptions, Value } from "../env.js";
import { allowedAction, checkedMask } from "./masks.js";
import { copied, difference, isPlain } from "./same.js";
import { misfit } from "./spaces.js";

/** A copy of what the environment returned. */
export interface Moment {
  readonly observation: unknown;
  readonly reward?: number;
  readonly terminated?: boolean;
  readonly truncated?: boolean;
  readonly info: unknown;
  /** The allowed actions, if the environment says and the episode goes on. */
  readonly mask?: Uint8Array | undefined;
}

/** Calls `reset` and checks the result. */
export function checkedReset(env: AnyEnv, options: ResetOptions | undefined, report: Report): Moment | undefined {
  const result: unknown = env.reset(options);
  if (result instanceof Promise) {
    report.error("promise", "reset returned a Promise: an environment has to return its result directly");
    return undefined;
  }
  if (!isPlain(result) || !("observation" in result) || !("info" in result)) {
    report.error("reset-result", `reset returned ${show(result)}, not { observation, info }`);
    return undefined;
  }
  const reason = misfit(env.observationSpace, result.observation);
  if (reason !== undefined) report.error("observation", `the observation of reset ${reason}`);
  if (!isPlain(result.info)) report.error("info", `info of reset is ${show(result.info)}, not an object`);
  return masked(env, copied(result) as Moment, report);
}

/** Calls `step` and checks the result. */
function checkedStep(env: AnyEnv, action: Value, report: Report): Moment | undefined {
  const result: unknown = env.step(action);
  if (result instanceof Promise) {
    report.error("promise", "step returned a Promise: an environment has to return its result directly");
    return undefined;
  }
  if (!isPlain(result) || !("observation" in result) || !("reward" in result)) {
    report.error(
      "step-result",
      `step returned ${show(result)}, not { observation, reward, terminated, truncated, info }`,
    );
    return undefined;
  }
  if ("done" in result)
    report.error("step-result", "step returned done: return terminated for an end, truncated for a cut from outside");
  for (const flag of ["terminated", "truncated"]) {
    if (typeof result[flag] !== "boolean") report.error("flags", `${flag} is ${show(result[flag])}, not true or false`);
  }
  if (typeof result.reward !== "number" || !Number.isFinite(result.reward))
    report.error("reward", `the reward is ${show(result.reward)}, not a finite number`);
  const reason = misfit(env.observationSpace, result.observation);
  if (reason !== undefined) report.error("observation", `the observation of step ${reason}`);
  if (!isPlain(result.info)) report.error("info", `info of step is ${show(result.info)}, not an object`);
  return masked(env, copied(result) as Moment, report);
}

/** Adds the mask of the state, and checks it. */
export function masked(env: AnyEnv, moment: Moment, report: Report): Moment {
  if (env.actionMask === undefined || moment.terminated || moment.truncated) return moment;
  return { ...moment, mask: checkedMask(env, report) };
}

/**
 * `count` actions that are allowed after `reset({ seed })`, drawn with the seed `draws`. If the environment has masks, this
 * plays them, so reset it afterwards.
 */
export function someActions(env: AnyEnv, seed: number, count: number, report: Report, draws = seed): Value[] {
  const rng = defaultRng(draws);
  const actions: Value[] = [];
  let moment = env.actionMask === undefined ? undefined : checkedReset(env, { seed }, report);
  while (actions.length < count) {
    // The mask was reported as wrong, so nothing is known to be allowed.
    if (moment !== undefined && moment.mask === undefined) break;
    const action = allowedAction(env.actionSpace, moment?.mask, rng);
    actions.push(action);
    if (moment === undefined) continue;
    moment = checkedStep(env, copied(action) as Value, report);
    if (moment?.terminated || moment?.truncated) moment = checkedReset(env, undefined, report);
  }
  return actions;
}

/** Steps through copies of the actions, with a `reset()` after each end, and records the results. */
export function playOn(env: AnyEnv, actions: readonly Value[], report: Report): Moment[] {
  const moments: Moment[] = [];
  for (const action of actions) {
    const moment = checkedStep(env, copied(action) as Value, report);
    if (moment === undefined) return moments;
    moments.push(moment);
    if (!moment.terminated && !moment.truncated) continue;
    const start = checkedReset(env, undefined, report);
    if (start === undefined) return moments;
    moments.push(start);
  }
  return moments;
}

/** Resets with a seed, then steps through the actions. */
export function playSeeded(env: AnyEnv, seed: number, actions: readonly Value[], report: Report): Moment[] {
  const start = checkedReset(env, { seed }, report);
  return start === undefined ? [] : [start, ...playOn(env, actions, report)];
}

/** Describes the first difference between two recordings, or returns undefined. */
export function firstDifference(a: readonly Moment[], b: readonly Moment[]): string | undefined {
  for (let t = 0; t < Math.max(a.length, b.length); t++) {
    const found = difference(a[t], b[t]);
    if (found !== undefined) return `at moment ${t} ${found.replace(/^\./, "")}`;
  }
  return undefined;
}
