/** The likeliest action in place of a drawn one. */
import { categorical } from "ascent/distributions";
import type { Mlp } from "ascent/nn";

export function act(policy: Mlp, observation: Float32Array): number {
  return categorical(policy.forward(observation)).mode();
}
