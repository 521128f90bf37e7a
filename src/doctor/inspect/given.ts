/** Checks of what a loop shows: a misspelt field would open no check, and say nothing. */

import { ConfigError } from "../../errors.js";
import { isWithin, requireKnown } from "../../options.js";
import { Tensor } from "../../tensor/index.js";
import type { InspectOptions, LoopUpdate } from "./loop.js";

/** Whether a value can be read, and what to show in place of one that can't. */
interface Kind {
  readonly accepts: (given: unknown) => boolean;
  readonly allowed: string;
}

const isObject = (given: unknown): given is object => typeof given === "object" && given !== null;
/** Typed arrays hold only numbers, so one is tried in place of all. */
const all = (given: unknown, accepts: (one: unknown) => boolean): boolean =>
  Array.isArray(given) ? [...given].every(accepts) : ArrayBuffer.isView(given) && "length" in given && accepts(0);
const isTensor = (given: unknown): given is Tensor => given instanceof Tensor;
const isNumber = (given: unknown): boolean => typeof given === "number";
const isNumbers = (given: unknown): boolean =>
  isTensor(given) || all(given, (one) => isTensor(one) || typeof one === "number");
const isOptimizer = (given: unknown): boolean =>
  isObject(given) && "parameters" in given && all(given.parameters, isTensor);
const isSegment = (given: unknown): boolean =>
  isObject(given) && "start" in given && isNumber(given.start) && "end" in given && isNumber(given.end);

const NUMBERS: Kind = { accepts: isNumbers, allowed: "a tensor, a list of tensors or a list of numbers" };
const PLAIN: Kind = { accepts: (given) => all(given, isNumber), allowed: "a list of numbers" };
const FLAGS: Kind = {
  accepts: (given) => all(given, (one) => typeof one === "boolean" || typeof one === "number"),
  allowed: "a list of booleans",
};
const LEARNED: Kind = {
  accepts: (given) =>
    all(given, isTensor) || (isObject(given) && "parameters" in given && typeof given.parameters === "function"),
  allowed: "a network, a policy, or a list of tensors",
};
const SHARE: Kind = { accepts: (given) => isWithin({ min: 0, max: 1 }, given), allowed: "a number from 0 to 1" };

const OPTIONS: Readonly<Record<keyof InspectOptions, Kind>> = {
  policy: LEARNED,
  valueNetwork: LEARNED,
  optimizer: {
    accepts: (given) => isOptimizer(given) || all(given, isOptimizer),
    allowed: "an optimiser, or a list of them",
  },
  actionSpace: { accepts: (given) => isObject(given) && "kind" in given, allowed: "a space, such as env.actionSpace" },
  gamma: SHARE,
  lambda: SHARE,
};

const UPDATE: Readonly<Record<keyof LoopUpdate, Kind>> = {
  loss: { accepts: (given) => isTensor(given) || isNumber(given), allowed: "a tensor" },
  entropy: { accepts: (given) => isNumbers(given) || isNumber(given), allowed: `${NUMBERS.allowed}, or a number` },
  logProbs: NUMBERS,
  oldLogProbs: NUMBERS,
  advantages: NUMBERS,
  actions: NUMBERS,
  rewards: PLAIN,
  terminated: FLAGS,
  truncated: FLAGS,
  segments: { accepts: (given) => all(given, isSegment), allowed: "a list of { start, end, terminated, truncated }" },
  values: NUMBERS,
  finalValues: PLAIN,
  returns: NUMBERS,
};

/** @throws ConfigError for an unknown field, with the nearest known one, or a value of another kind */
export function checkOptions(options: InspectOptions): void {
  checkFields(options, OPTIONS, "inspect");
}

/** @throws ConfigError for an unknown field, with the nearest known one, or a value of another kind */
export function checkUpdate(given: LoopUpdate): void {
  checkFields(given, UPDATE, "update");
}

function checkFields(given: object, kinds: Readonly<Record<string, Kind>>, where: string): void {
  requireKnown(given, Object.keys(kinds), where);
  for (const [name, value] of Object.entries(given)) {
    const { accepts, allowed } = kinds[name];
    if (value !== undefined && !accepts(value))
      throw new ConfigError({ field: `${where}.${name}`, given: value, allowed });
  }
}
