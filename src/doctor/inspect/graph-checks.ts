/** Checks of the graph behind the loss: what the gradient will reach, and what it must not. */

import { versionOf } from "../../policies/rows.js";
import { Tensor, zeros } from "../../tensor/index.js";
import { isProduct } from "../../tensor/ops/binary.js";
import type { Finding } from "../finding.js";
import type { InspectOptions, LoopUpdate } from "./loop.js";
import { graphOf, type Origins, originsOf } from "./loss-graph.js";
import { type Check, optimizersOf, parametersOf, place, type Reading, type Report, tensorsOf } from "./reading.js";

/** A graph has the same form in every update, so after the first ones a look now and then is enough. */
const FIRST = 3;
const EVERY = 10;
const looksAt = (count: number): boolean => count <= FIRST || count % EVERY === 0;

/** Whether the loss leads to the policy's weights, through log π, and to nothing through the advantages. */
export function lossGraph({ policy, valueNetwork }: InspectOptions, report: Report): Check {
  const own = new Set(parametersOf(policy));
  const value = new Set(parametersOf(valueNetwork));
  return (reading) => {
    const { given, count } = reading;
    if (!looksAt(count)) return;
    const plain = plainNumbers(given);
    if (plain !== undefined) report(numberForTensor(plain, reading));
    const { loss } = given;
    const shapes = columnBesideRow(given);
    if (shapes !== undefined) report(outerProduct(shapes));
    if (!(loss instanceof Tensor)) return;
    if (loss.consumed) {
      report(tooLate(reading));
      return;
    }
    const logProbs = new Set(tensorsOf(given.logProbs));
    const origins = originsOf(loss, { policy: own, value, logProbs });
    const cut = [...logProbs].find((one) => !one.requiresGrad);
    if ((own.size > 0 && !origins.get(loss)?.policy) || cut !== undefined) report(detached(reading, cut ?? loss));
    const through = (from: Origins | undefined): boolean =>
      from !== undefined && (logProbs.size > 0 ? from.logProb : from.policy);
    const rows = [...logProbs].reduce((sum, { size }) => sum + size, 0);
    for (const [x, from] of origins) {
      if (through(from) && rows > 1 && x.shape.length > 1 && x.shape.slice(-2).every((length) => length === rows))
        report(outerProduct(`a [${x.shape.join(", ")}] tensor between ${rows} log-probabilities and the loss`));
      if (!isProduct(x)) continue;
      const [a, b] = (x.node?.inputs ?? []).map((input) => origins.get(input));
      if ((through(a) && leads(b, value)) || (through(b) && leads(a, value))) report(leak(reading));
    }
  };
}

/** Whether a factor of log π, which should be a constant, leads to weights: those of the value network if it is known. */
function leads(factor: Origins | undefined, value: ReadonlySet<Tensor>): boolean {
  if (factor === undefined || factor.logProb) return false;
  return value.size > 0 ? factor.value : !factor.policy;
}

function plainNumbers({ logProbs, loss }: LoopUpdate): string | undefined {
  if (
    logProbs !== undefined &&
    !(logProbs instanceof Tensor) &&
    logProbs.length > 0 &&
    tensorsOf(logProbs).length === 0
  )
    return "logProbs";
  return typeof loss === "number" ? "loss" : undefined;
}

function columnBesideRow({ logProbs, advantages }: LoopUpdate): string | undefined {
  if (!(logProbs instanceof Tensor && advantages instanceof Tensor) || logProbs.size < 2) return undefined;
  if (logProbs.size !== advantages.size || logProbs.shape.length === advantages.shape.length) return undefined;
  return `logProbs [${logProbs.shape.join(", ")}] beside advantages [${advantages.shape.join(", ")}]`;
}

function numberForTensor(field: string, reading: Reading): Finding {
  return {
    code: "number-for-tensor",
    severity: "error",
    seen: `${field} ${field === "loss" ? "is a plain number" : "are plain numbers"} ${place(reading)}`,
    why: "A number does not know what it was computed from, so no gradient leads from it to the weights.",
    tryNext: "keep pi.logProb(action) as it is, and join the steps by stack(logProbs); read item() only for a log",
  };
}

function detached(reading: Reading, x: Tensor): Finding {
  const where = x.detachedAt === undefined ? "" : `: it goes back to ${x.detachedAt}`;
  return {
    code: "log-prob-detached",
    severity: "error",
    seen: `the loss does not depend on the policy's parameters ${place(reading)}${where}`,
    why: "The policy gets no gradient and stays as it is, however well the value network learns.",
    tryNext: "no item(), detach(), tensor(…) or noGrad() between policy.forward(observation) and the loss",
  };
}

function leak(reading: Reading): Finding {
  return {
    code: "baseline-leaks",
    severity: "error",
    seen: `log π is multiplied by numbers that have a gradient of their own ${place(reading)}`,
    why: "The policy's loss then also moves the baseline, towards values that make the loss small instead of right.",
    tryNext: "advantages.detach(), or compute them from values.toArray()",
  };
}

function outerProduct(seen: string): Finding {
  return {
    code: "outer-product",
    severity: "error",
    seen,
    why: "Every log-probability is then paired with the advantages of all steps, whose mean is about 0, so hardly anything is learned.",
    tryNext: "give both the shape [T]: advantages.reshape(logProbs.shape)",
  };
}

function tooLate(reading: Reading): Finding {
  return {
    code: "inspected-late",
    severity: "warning",
    seen: `backward() has used up the loss ${place(reading)}`,
    why: "Without its graph, most mistakes can't be seen.",
    tryNext: "doctor.update({ … }) before loss.backward()",
  };
}

/** Whether log-probabilities were computed from weights that have changed since. */
export function staleLogProbs(options: InspectOptions, report: Report): Check {
  const { policy } = options;
  const weights =
    policy === undefined ? optimizersOf(options).flatMap(({ parameters }) => parameters) : parametersOf(policy);
  let created = 0;
  let version = 0;
  return (reading) => {
    const { given, count } = reading;
    const now = versionOf(weights);
    const results = tensorsOf(given.logProbs).filter(({ requiresGrad }) => requiresGrad);
    const old = (x: Tensor): boolean => x.consumed || (x.node !== undefined && x.order < created && now > version);
    if (count > 1 && (results.some(old) || (looksAt(count) && graphOf(results).some(old))))
      report({
        code: "log-probs-stale",
        severity: "error",
        seen: `some of the ${results.reduce((sum, { size }) => sum + size, 0)} log-probabilities ${place(reading)} are from before the last step of the weights`,
        why: "Their gradient belongs to a policy that no longer exists, and backward() has already used up a part of it.",
        tryNext: "empty the list of log-probabilities after each update, and compute them anew for each gradient step",
      });
    created = zeros([]).order;
    version = now;
  };
}
