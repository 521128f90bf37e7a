import { add, detach, exp, type Tensor, tensor } from "../tensor/index.js";
import type { KlEstimate } from "./kl.js";

/** The largest −u that counts in an exponent, as in `klEstimate`. */
const MOST = 44;

/** The estimates of KL(π ‖ ref) as a part of a loss: k(u) of each token, [n], with u = ln π − ln ref and the gradient k′(u)·∇ ln π. */
export function klTerms(estimate: KlEstimate, logProbs: Tensor, referenceLogProbs: Float64Array): Tensor {
  const u = logProbs.sub(tensor(referenceLogProbs));
  if (estimate === "k1") return u;
  if (estimate === "k2") return u.square().mul(0.5);
  // Beyond the bound the value stays, and so does the slope.
  const beyond = detach(add(u.neg(), -MOST).relu());
  return exp(u.neg().sub(beyond)).sub(1).add(u);
}
