/** The sign of the policy's loss. */

import { onGradient } from "../../tensor/graph.js";
import { shown } from "../run/try-next.js";
import type { InspectOptions } from "./loop.js";
import { type Check, place, type Report, tensorsOf } from "./reading.js";

/** Fewer steps say nothing: an entropy bonus can outweigh a small advantage. */
const FEWEST = 20;
/** The cosine of ∂loss/∂log π with the advantages. It is about -1 for a right loss, and above -1 where ratios are clipped. */
const WRONG = 0.5;

/** Whether the loss falls where actions of negative advantage become likelier. It reads ∂loss/∂log π during `backward`. */
export function wrongSign(_options: InspectOptions, report: Report): Check {
  let count = 0;
  let product = 0;
  let slopes = 0;
  let squares = 0;
  return (reading) => {
    const { advantages, given } = reading;
    const results = tensorsOf(given.logProbs);
    const size = results.reduce((sum, one) => sum + one.size, 0);
    if (advantages === undefined || size !== advantages.length) return;
    let first = 0;
    for (const x of results) {
      const start = first;
      first += x.size;
      onGradient(x, (gradient) => {
        gradient.toArray().forEach((slope, i) => {
          const advantage = advantages[start + i];
          product += slope * advantage;
          slopes += slope * slope;
          squares += advantage * advantage;
        });
        count += x.size;
        const cosine = product / Math.sqrt(slopes * squares);
        if (count < FEWEST || !(cosine > WRONG)) return;
        report({
          code: "wrong-sign",
          severity: "error",
          seen: `∂loss/∂log π has the sign of the advantages ${place(reading)} (cosine ${shown(cosine)} over ${count} steps; it should be about -1)`,
          why: "An optimiser goes downhill, so the policy learns to avoid what pays.",
          tryNext: "loss = logProbs.mul(advantages).mean().neg()",
        });
      });
    }
  };
}
