import { type Entropy, SeedSequence } from "../random/index.js";
import type { ResolvedConfig } from "./types.js";

/** Splits the seed into three independent random streams: environments, learning, acting. */
export function streams(config: ResolvedConfig): SeedSequence[] {
  return new SeedSequence(BigInt(config.seed)).spawn(3);
}

/** Separates evaluations in the course of a run from training, and from `evaluate` with any seed that people type. */
const IN_TRAINING = 0xe7a2;

/** The seed of the evaluations in the course of a run. */
export function evaluationSeed({ seed }: ResolvedConfig): bigint {
  const stream = new SeedSequence([IN_TRAINING, BigInt(seed)] as Entropy);
  return (stream.generateState(1, "uint64") as BigUint64Array)[0];
}
