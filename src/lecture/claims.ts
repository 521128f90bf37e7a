import type { Claim } from "./claim.js";
import { baselines } from "./claims/baselines.js";
import { beyond } from "./claims/beyond.js";
import { credit } from "./claims/credit.js";
import { critic } from "./claims/critic.js";
import { debugging } from "./claims/debugging.js";
import { learning } from "./claims/learning.js";
import { ppoClaims } from "./claims/ppo.js";
import { program } from "./claims/program.js";
import { tables } from "./claims/tables.js";
import { theorem } from "./claims/theorem.js";
import { variance } from "./claims/variance.js";

/** All claims of the lecture, by number. */
export const claims: readonly Claim[] = [
  ...tables,
  ...theorem,
  ...program,
  ...variance,
  ...baselines,
  ...credit,
  ...learning,
  ...critic,
  ...ppoClaims,
  ...beyond,
  ...debugging,
].sort((a, b) => a.number - b.number);
