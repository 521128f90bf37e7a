/** Where learning goes with an estimate of the divergence in a place, in words. */

import type { FixedPoint } from "ascent/language";
import type { ExactSettings } from "../protocol.js";

export interface Destination {
  readonly kind: "right" | "other" | "nowhere";
  readonly sentence: string;
}

export function destinationOf(fixedPoint: FixedPoint, { world, learner, kl, klPlace }: ExactSettings): Destination {
  const isFixed = learner === "reinforce" || learner === "ppo";
  const choice = isFixed ? "k1 in the reward" : `${kl} in the ${learner === "grpo" ? "loss" : klPlace}`;
  switch (fixedPoint) {
    case "reverse":
      return { kind: "right", sentence: `${choice} has the gradient of E[r] − β KL(π ‖ ref), so it leads to π*.` };
    case "unregularised":
      return {
        kind: "nowhere",
        sentence: `${choice} does nothing: its expected gradient is 0. The divergence costs nothing, as if β were 0, and the best ${world === "token" ? "token" : "text"} takes all.${learner === "expected" ? " On the way it passes π*, and does not stop there." : ""}`,
      };
    case "forward":
      return {
        kind: "other",
        sentence: `${choice} has the gradient of the other divergence, KL(ref ‖ π). It leads to the optimum of that one, which is another policy: KL(π, π*) stops falling.`,
      };
    case "unknown":
      return { kind: "other", sentence: unknown(choice, { world, learner, kl, klPlace }) };
  }
}

function unknown(
  choice: string,
  { learner, kl, klPlace }: Pick<ExactSettings, "world" | "learner" | "kl" | "klPlace">,
): string {
  if (learner === "grpo")
    return `GRPO divides rewards by the deviation of their group and has ${choice}. Where that ends is not known in closed form, but it is not π*.`;
  if (klPlace === "reward")
    return `${choice} punishes what has become rarer like what has become more frequent. It leads to no optimum that is known, and in the end takes what has a low reward away.`;
  const near = kl === "k2" ? "It ends near π*, but not there." : "It ends elsewhere.";
  return `${choice} is summed token by token, and the term of a token does not see what follows it. ${near}`;
}

/** The value of KL(π, π*) that counts as arrived, with its reason. */
export function markOf({ learner }: ExactSettings): { readonly value: number; readonly says: string } {
  return learner === "expected"
    ? { value: 1e-6, says: "1e-6: without noise it has to arrive" }
    : { value: 0.01, says: "0.01: what 300 updates from samples have to reach" };
}
