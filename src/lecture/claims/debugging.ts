/** Break it: the rules of debugging, each broken on purpose. */

import { categorical } from "../../distributions/index.js";
import { concat, detach, mul, parameter, stack, type Tensor, tensor, zeros } from "../../tensor/index.js";
import type { Claim, Evidence } from "../claim.js";
import { chanceAfterTraining } from "./program.js";

/** The first line of an error, or undefined. */
function complaint(compute: () => unknown): string | undefined {
  try {
    compute();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message.split("\n")[0] : String(error);
  }
}

export function wrongShapesAreErrors(product: (a: Tensor, b: Tensor) => unknown = mul): Evidence {
  const said = complaint(() => product(zeros([5, 1]), zeros([5])));
  return {
    passes: said?.includes("[5, 1] and [5]") === true,
    measured: said === undefined ? "[5, 1]·[5] gave no error" : `[5, 1]·[5] is an error: "${said.slice(0, 40)}…"`,
  };
}

export function theSignDecides(wrong = (gain: Tensor): Tensor => gain): Evidence {
  const chance = chanceAfterTraining(wrong);
  return {
    passes: chance < 0.1,
    measured: `without the minus, π(paying action) falls from 0.50 to ${chance.toFixed(2)}`,
  };
}

export function aDetachedLogProbIsAnError(run = (loss: Tensor): void => loss.backward()): Evidence {
  const logits = parameter(tensor([0.1, 0.2]));
  const said = complaint(() => run(detach(categorical(logits).logProb(0)).mul(3).neg()));
  return {
    passes: said?.includes("detach") === true,
    measured: said === undefined ? "backward() said nothing" : `backward() names it: "${said.slice(0, 46)}…"`,
  };
}

export function stackKeepsTheGraph(
  join: (parts: Tensor[]) => unknown = (parts) => Reflect.apply(tensor, undefined, [parts]),
): Evidence {
  const logits = parameter(tensor([0.1, 0.2]));
  const parts = [0, 1].map((action) => categorical(logits).logProb(action));
  const said = complaint(() => join(parts));
  stack(parts).sum().backward();
  const reaches = logits.grad!.toArray().every(Number.isFinite);
  return {
    passes: said !== undefined && reaches,
    measured: said === undefined ? "tensor([…]) cut the graph silently" : `tensor([…]): "${said.slice(0, 50)}…"`,
  };
}

export function aLeakingBaseline(keepApart: (value: Tensor) => Tensor = detach): Evidence {
  /** The slopes of −log π · (5 − V) in the policy's weight and in the critic's, which may be the same. */
  const slopes = (shared: boolean, baselineOf: (value: Tensor) => Tensor): readonly [number, number] => {
    const weight = parameter(tensor([0.3]));
    const critic = shared ? weight : parameter(tensor([0.3]));
    const logProb = categorical(concat([weight, zeros([1])])).logProb(0);
    const advantage = baselineOf(critic.mul(2).sum()).neg().add(5);
    logProb.mul(advantage).neg().backward();
    return [weight.grad!.toArray()[0], critic.grad?.toArray()[0] ?? 0];
  };
  const leak = (value: Tensor): Tensor => value;
  const [apart, apartLeaking] = [keepApart, leak].map((baseline) => slopes(false, baseline));
  const [shared, sharedLeaking] = [keepApart, leak].map((baseline) => slopes(true, baseline));
  return {
    passes: apart[0] === apartLeaking[0] && apart[1] === 0 && apartLeaking[1] !== 0 && shared[0] !== sharedLeaking[0],
    measured: `policy's slope ${apart[0].toFixed(2)} and ${apartLeaking[0].toFixed(2)} with a leak, critic's 0 and ${apartLeaking[1].toFixed(2)}; shared ${shared[0].toFixed(2)} and ${sharedLeaking[0].toFixed(2)}`,
  };
}

export const debugging: readonly Claim[] = [
  {
    number: 41,
    chapter: 12,
    says: "Print shapes.",
    verdict: "holds",
    because: "where [T, 1]·[T] is broadcast, whitened advantages sum to 0 and nothing is learned. Here it is an error",
    check: wrongShapesAreErrors,
  },
  {
    number: 42,
    chapter: 12,
    says: "Check the sign.",
    verdict: "holds",
    because: "with the wrong sign the policy learns too: to avoid the reward",
    check: theSignDecides,
  },
  {
    number: 43,
    chapter: 12,
    says: "With a detached log-probability, backward() does nothing.",
    verdict: "holds if",
    because: "something else in the loss carries a gradient. Otherwise PyTorch raises; here it is an error either way",
    check: aDetachedLogProbIsAnError,
  },
  {
    number: 44,
    chapter: 12,
    says: "Detach the baseline, or the estimate is biased.",
    verdict: "holds if",
    because: "policy and value share layers. With separate networks the leak spoils the critic, not the policy",
    check: aLeakingBaseline,
  },
  {
    number: 45,
    chapter: 12,
    says: "Use stack, not tensor([…]).",
    verdict: "holds",
    because: "a new tensor has no graph. Here it is an error that says so",
    check: stackKeepsTheGraph,
  },
];
