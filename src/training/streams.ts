import { SeedSequence } from "../random/index.js";
import type { ResolvedConfig } from "./types.js";

/** Splits the seed into three independent random streams: environments, learning, acting. */
export function streams(config: ResolvedConfig): SeedSequence[] {
  return new SeedSequence(BigInt(config.seed)).spawn(3);
}
