import { show } from "../../errors.js";
import type { Report } from "../../findings.js";
import { defaultRng } from "../../random/generator.js";
import type { Box, BuiltInSpace, Space } from "../../spaces/index.js";
import { isTyped } from "./same.js";

const KINDS = ["discrete", "box", "multi-discrete", "multi-binary", "tuple", "dict"];

/** Checks that both spaces exist, are valid, and contain their own samples. */
export function checkSpaces(env: Record<string, unknown>, report: Report): void {
  for (const role of ["action", "observation"] as const) {
    const space = env[`${role}Space`];
    const check = `${role}-space`;
    if (!isSpace(space)) {
      report.error(check, `env.${role}Space is ${show(space)}; make it with box, discrete, … of ascent/spaces`);
      continue;
    }
    checkSpace(space as unknown as BuiltInSpace, role, report);
    const rng = defaultRng(0);
    for (let i = 0; i < 20; i++) {
      const sample = space.sample(rng);
      if (!space.contains(sample)) report.error(check, `${space} does not contain its own sample ${show(sample)}`);
    }
  }
}

function isSpace(space: unknown): space is Space<unknown> {
  if (typeof space !== "object" || space === null) return false;
  const { kind, sample, contains } = space as Record<string, unknown>;
  return KINDS.includes(kind as string) && typeof sample === "function" && typeof contains === "function";
}

function checkSpace(space: BuiltInSpace, role: "action" | "observation", report: Report): void {
  const check = `${role}-space`;
  switch (space.kind) {
    case "discrete":
      if (!(space.n > 0)) report.error(check, `n is ${space.n}, it has to be positive`);
      if (space.shape.length !== 0) report.error(check, "the shape of a Discrete space has to be []");
      return;
    case "multi-discrete":
      if (!space.nvec.every((n) => n > 0)) report.error(check, `nvec is ${show(space.nvec)}, each has to be positive`);
      if (space.shape[0] !== space.nvec.length) report.error(check, "the shape does not match nvec");
      return;
    case "multi-binary":
      if (!(space.n > 0)) report.error(check, `n is ${space.n}, it has to be positive`);
      return;
    case "tuple":
      if (space.spaces.length === 0) report.error(check, "a Tuple needs at least one part");
      for (const part of space.spaces) checkSpace(part as BuiltInSpace, role, report);
      return;
    case "dict":
      for (const name of space.names) checkSpace(space.spaces[name] as BuiltInSpace, role, report);
      return;
    case "box":
      checkBox(space, role, report);
  }
}

function checkBox({ low, high, shape }: Box, role: "action" | "observation", report: Report): void {
  const check = `${role}-space`;
  const size = shape.reduce((product, length) => product * length, 1);
  if (low.length !== size || high.length !== size) {
    report.error(check, `${low.length} low and ${high.length} high bounds for the shape [${shape.join(", ")}]`);
    return;
  }
  const pairs = Array.from(low, (bound, i) => [bound, high[i]] as const);
  if (pairs.some(([least, most]) => !(least <= most))) report.error(check, "a low bound exceeds its high bound");
  if (pairs.some(([least, most]) => least === most))
    report.warn(`${role}-bounds-equal`, "a low and a high bound are equal");
  if (pairs.some(([least, most]) => least === -Infinity || most === Infinity))
    report.warn(`${role}-bounds-infinite`, "a bound is infinite, so values can't be scaled by the bounds");
  const symmetric = pairs.every(([least, most]) => (least === 0 || least === -most) && least >= -1 && most <= 1);
  if (role === "action" && !symmetric)
    report.warn("action-range", "most algorithms start near 0 with a spread of 1: prefer actions in [-1, 1] or [0, 1]");
}

/** Describes why a value is not in a space, or returns undefined if it is. */
export function misfit(space: Space<unknown>, value: unknown): string | undefined {
  const known = space as BuiltInSpace;
  if (value instanceof Promise) return "is a Promise: reset and step have to return their results directly";
  if (known.kind === "box" || known.kind === "multi-discrete" || known.kind === "multi-binary") {
    const wanted = { box: "Float32Array", "multi-discrete": "Int32Array", "multi-binary": "Int8Array" }[known.kind];
    if (!isTyped(value) || value.constructor.name !== wanted) return `is ${show(value)}, not a ${wanted}`;
    const length = known.shape.reduce((product, size) => product * size, 1);
    if (value.length !== length) return `has ${value.length} elements, not ${length}`;
    const wild = value.findIndex((element) => !Number.isFinite(element));
    if (wild >= 0) return `is ${value[wild]} at [${wild}]`;
    if (known.kind === "box") {
      const out = value.findIndex((element, i) => element < known.low[i] || element > known.high[i]);
      if (out >= 0) return `is ${value[out]} at [${out}], outside [${known.low[out]}, ${known.high[out]}]`;
    }
  }
  if (known.kind === "tuple" && Array.isArray(value) && value.length === known.spaces.length) {
    for (let i = 0; i < value.length; i++) {
      const reason = misfit(known.spaces[i], value[i]);
      if (reason !== undefined) return `at [${i}] ${reason}`;
    }
  }
  if (known.kind === "dict" && typeof value === "object" && value !== null) {
    const parts: Readonly<Record<string, unknown>> = { ...value };
    for (const name of known.names) {
      const reason = name in parts ? misfit(known.spaces[name], parts[name]) : "is missing";
      if (reason !== undefined) return `at ${name} ${reason}`;
    }
  }
  return space.contains(value) ? undefined : `is ${show(value)}, which is not in ${space}`;
}
