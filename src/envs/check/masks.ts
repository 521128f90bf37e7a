import { show } from "../../errors.js";
import type { Report } from "../../findings.js";
import type { Generator } from "../../random/generator.js";
import type { Discrete, MultiDiscrete, Space } from "../../spaces/index.js";
import { maskReader } from "../../spaces/mask.js";
import type { AnyEnv, Value } from "../env.js";

/** The mask of the current state as zeros and ones; undefined if there is none, or if it is reported as wrong. */
export function checkedMask(env: AnyEnv, report: Report): Uint8Array | undefined {
  if (env.actionMask === undefined) return undefined;
  const reader = maskReader(env.actionSpace);
  if (reader === undefined) {
    report.error("mask", `actionMask is there, but ${env.actionSpace} has no choices that it could mask`);
    return undefined;
  }
  let given: unknown;
  try {
    given = env.actionMask();
  } catch (error) {
    report.error("mask", `actionMask() threw ${error}`);
    return undefined;
  }
  const mask = new Uint8Array(reader.size);
  const fault = reader.read(given, mask);
  if (fault === undefined) return mask;
  report.error("mask", `actionMask()${fault.place} is ${show(fault.given)}, not ${fault.allowed}`);
  return undefined;
}

/** A random action that the mask allows. Without a mask, it is a sample of the space. */
export function allowedAction(space: Space<Value>, mask: Uint8Array | undefined, rng: Generator): Value {
  const sample = space.sample(rng);
  if (mask === undefined) return sample;
  if (typeof sample === "number") {
    const { n, start } = space as unknown as Discrete;
    return start + redrawn(sample - start, mask.subarray(0, n), rng);
  }
  const values = sample as Int32Array | Int8Array;
  const { nvec, start } = space as unknown as MultiDiscrete;
  let first = 0;
  return values.map((value, i) => {
    const from = start?.[i] ?? 0;
    const options = mask.subarray(first, first + (nvec?.[i] ?? 2));
    first += options.length;
    return from + redrawn(value - from, options, rng);
  });
}

/** The index itself if it is allowed, and otherwise one that is. */
function redrawn(index: number, allowed: Uint8Array, rng: Generator): number {
  if (allowed[index] === 1) return index;
  const open = [...allowed.keys()].filter((i) => allowed[i] === 1);
  return open[rng.integers(0, open.length)];
}
