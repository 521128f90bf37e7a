/** The lecture: its claims with their checks, and the derivation of the policy gradient on a list of all episodes. */

export type { Claim, Evidence, Verdict } from "./claim.js";
export { claims } from "./claims.js";
export { type DerivationLine, derivation } from "./derivation.js";
export { type UpdateRow, updates } from "./updates.js";
