/** Which of Ascent's names a learner meant who wrote another one, such as PyTorch's `zero_grad`. */

import * as distributions from "../distributions/index.js";
import * as envs from "../envs/index.js";
import { nearest } from "../errors.js";
import * as nn from "../nn/index.js";
import * as optim from "../optim/index.js";
import * as random from "../random/index.js";
import * as tensors from "../tensor/index.js";
import type { MistakeName } from "./mistakes.js";
import { smallLearner } from "./small-networks.js";

const modules: Readonly<Record<string, object>> = {
  "ascent/tensor": tensors,
  "ascent/optim": optim,
  "ascent/nn": nn,
  "ascent/distributions": distributions,
  "ascent/random": random,
  "ascent/envs": envs,
};

/** PyTorch's names for what is called otherwise here. */
const RENAMED: Readonly<Record<string, string>> = {
  view: "reshape",
  clip: "clamp",
  pow: "square",
  min: "minimum",
  max: "maximum",
  var: "variance",
  tolist: "toArray",
  numpy: "toArray",
};

/** The mistake that the message of an error is about if something is misnamed, and the message with the name that was meant. */
export function misnamed(message: string): { readonly mistake: MistakeName; readonly detail: string } | undefined {
  const [, method] = /\.(\w+) is not a function/.exec(message) ?? [];
  if (method !== undefined) {
    const { ofTensors, others } = methods();
    if (ofTensors.includes(method)) return { mistake: "not-a-tensor", detail: message };
    const meant = others.includes(method) ? undefined : nameNear(method, [...ofTensors, ...others]);
    return meant === undefined ? undefined : { mistake: "unknown-method", detail: asked(message, meant) };
  }
  const [, name] = /^ReferenceError: (\w+) is not defined/.exec(message) ?? [];
  if (name === undefined) return undefined;
  // A misspelt name is mostly one of the learner's own.
  const meant = sameName(name, Object.values(modules).flatMap(Object.keys));
  return { mistake: "not-imported", detail: meant === undefined ? message : asked(message, meant) };
}

/** The message of an import that failed, with the name or the module that was meant. */
export function withMeantImport(message: string): string {
  const [, from, name] = /module '(ascent\/\w+)' does not provide an export named '(\w+)'/.exec(message) ?? [];
  if (name === undefined || !(from in modules)) return message;
  const home = Object.keys(modules).find((module) => name in modules[module]);
  if (home !== undefined) return `${message}. It is in ${home}`;
  const meant = nameNear(name, Object.keys(modules[from]));
  return meant === undefined ? message : asked(message, meant);
}

function asked(message: string, meant: string): string {
  return `${message}. Did you mean ${meant}?`;
}

/** The methods of tensors, and those of networks, optimisers, distributions and generators. */
function methods(): { readonly ofTensors: readonly string[]; readonly others: readonly string[] } {
  const { policy, policyOptimizer } = smallLearner();
  const pi = distributions.categorical(tensors.tensor([0, 0]));
  const objects = [policy, policyOptimizer, pi, random.defaultRng(0)];
  return { ofTensors: methodsOf(tensors.tensor([0])), others: objects.flatMap(methodsOf) };
}

function methodsOf(object: object): string[] {
  const names = [object, Object.getPrototypeOf(object)].flatMap(Object.getOwnPropertyNames);
  return names.filter((name) => name !== "constructor" && typeof Reflect.get(object, name) === "function");
}

/** The known name that means the same, or the nearest one. Short names are near to many. */
function nameNear(name: string, known: readonly string[]): string | undefined {
  return sameName(name, known) ?? RENAMED[name] ?? (name.length >= 5 ? nearest(name, known) : undefined);
}

/** The known name that differs only in underscores and capitals. */
function sameName(name: string, known: readonly string[]): string | undefined {
  const plain = (text: string): string => text.replaceAll("_", "").toLowerCase();
  return known.find((one) => plain(one) === plain(name));
}
