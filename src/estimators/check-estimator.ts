import { ConfigError } from "../errors.js";
import { checkValue, choice, flag, optional, real, requireKnown, type Schema, text } from "../options.js";
import { isObject } from "./checks.js";
import { CRITICS } from "./critics.js";

const line = text("", { meaning: "text", help: "" });
const critic = choice("exact", { choices: CRITICS, help: "where V comes from" });

/** What both kinds of estimators have besides their options. */
const shared = {
  name: line,
  summary: line,
  algorithm: choice("reinforce", { choices: ["reinforce", "vpg"], help: "whose update it is" }),
  maxGradNorm: optional(real(0.5, { min: Number.MIN_VALUE, help: "the largest norm" })),
  clip: optional(choice("batch", { choices: ["batch", "episode"], help: "what is clipped" })),
  ratio: optional(choice("step", { choices: ["step", "episode"], help: "what a step is multiplied by" })),
  limitIsEnd: optional(flag(false, { help: "whether a cut episode is taken as over" })),
};

const kinds: Readonly<Record<"reinforce" | "vpg", { readonly fields: Schema; readonly options: Schema }>> = {
  reinforce: {
    fields: { ...shared, critic: optional(critic) },
    options: {
      returns: choice("to-go", { choices: ["to-go", "whole-episode"], help: "" }),
      discountWeight: flag(false, { help: "" }),
      baseline: choice("none", { choices: ["none", "mean", "leave-one-out", "episode-mean", "value"], help: "" }),
      normalise: choice("none", { choices: ["none", "episode", "batch"], help: "" }),
    },
  },
  vpg: {
    fields: { ...shared, critic, per: choice("step", { choices: ["step", "episode"], help: "what it is divided by" }) },
    options: { lambda: real(1, { min: 0, max: 1, help: "" }), normaliseAdvantages: flag(false, { help: "" }) },
  },
};

/** Those that were checked already: an estimator is used on thousands of batches. */
const known = new WeakSet<object>();

/** @throws ConfigError naming a field that estimators don't have, or a value that is not allowed */
export function checkEstimator(given: unknown, field = "estimator"): void {
  if (!isObject(given)) throw new ConfigError({ field, given, allowed: "an estimator, such as one of ESTIMATORS" });
  if (known.has(given)) return;
  const { options, ...fields } = given;
  checkValue(`${field}.algorithm`, shared.algorithm, fields.algorithm);
  const kind = kinds[fields.algorithm === "vpg" ? "vpg" : "reinforce"];
  if (!isObject(options))
    throw new ConfigError({ field: `${field}.options`, given: options, allowed: "an object of options by name" });
  checkAll(kind.options, options, `${field}.options`);
  checkAll(kind.fields, fields, field);
  if (options.baseline === "value") checkValue(`${field}.critic`, critic, fields.critic);
  known.add(given);
}

/** @throws ConfigError unless it is a list of estimators */
export function checkEstimators(given: unknown): void {
  if (!Array.isArray(given) || !given.every(isObject))
    throw new ConfigError({ field: "estimators", given, allowed: "a list of estimators, such as ESTIMATORS" });
  given.forEach((one, i) => void checkEstimator(one, `estimators[${i}]`));
}

/** All values must be there: an estimator has no defaults. */
function checkAll(schema: Schema, given: Readonly<Record<string, unknown>>, where: string): void {
  requireKnown(given, Object.keys(schema), where);
  for (const [name, option] of Object.entries(schema))
    if (given[name] !== undefined || !option.optional) checkValue(`${where}.${name}`, option, given[name]);
}
