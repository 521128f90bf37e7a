/** `environments`, with Ascent's own environments registered. */

import { registerBuiltInEnvs } from "../envs/registry.js";
import { type MakeEnvironments, environments as registeredEnvironments } from "./environments.js";

/** Makes all copies in this thread. */
export const environments: MakeEnvironments = (...request) => {
  registerBuiltInEnvs();
  return registeredEnvironments(...request);
};
