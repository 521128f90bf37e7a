/** All probes, in the order in which to look at them: what a later one needs, an earlier one has shown. */

import { choiceProbes } from "./choice-probes.js";
import { maskedActions } from "./mask-probe.js";
import { memoryProbe } from "./memory-probe.js";
import { numberProbes } from "./number-probes.js";
import type { Probe } from "./probe.js";
import { valueProbes } from "./value-probes.js";

export const probes: readonly Probe[] = [...valueProbes, ...choiceProbes, maskedActions, ...numberProbes, memoryProbe];
