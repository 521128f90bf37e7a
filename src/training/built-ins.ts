import { registerBuiltInAlgorithms } from "../algorithms/registry.js";
import { registerBuiltInEnvs } from "../envs/registry.js";

/** Registers Ascent's own environments and algorithms, once. What starts a run by names begins with this. */
export function registerBuiltIns(): void {
  registerBuiltInEnvs();
  registerBuiltInAlgorithms();
}
