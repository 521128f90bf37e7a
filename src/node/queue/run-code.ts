/**
 * The code that runs are trained by: the version of Ascent, the user's own modules, and the numerics. Other code may give
 * other bits.
 */

import { digestOf } from "../../formats/digest.js";
import type { ResolvedConfig } from "../../training/types.js";
import type { SweepCode } from "../sweeps/sweep-code.js";

export interface RunCode {
  readonly ascent: string;
  /** In the order in which they are imported. */
  readonly modules: readonly { readonly module: string; readonly sha256: string }[];
  /** As in a config: missing where they are exact. */
  readonly numerics?: string | undefined;
}

/** What of a sweep's code is the same on every machine. */
export function runCode({ versions, imports }: SweepCode, { numerics }: Pick<ResolvedConfig, "numerics">): RunCode {
  return {
    ascent: versions.ascent,
    modules: imports.map(({ module, sha256 }) => ({ module, sha256 })),
    ...(numerics === undefined ? {} : { numerics }),
  };
}

/** The name of the queue for runs of this code. Machines may have a module at other places, so its name doesn't count. */
export function queueOf({ ascent, modules, numerics }: RunCode): string {
  const fast = numerics === undefined ? [] : [numerics];
  return `ascent-${digestOf([ascent, modules.map(({ sha256 }) => sha256), ...fast])}`;
}

/** Says how the code of a worker differs from that of a sweep; undefined if it doesn't. */
export function codeDifference(worker: RunCode, sweep: RunCode): string | undefined {
  if (worker.ascent !== sweep.ascent) return `it needs Ascent ${sweep.ascent}, and this is ${worker.ascent}`;
  if (worker.numerics !== sweep.numerics)
    return `it needs ASCENT_NUMERICS to be ${sweep.numerics ?? "exact"}, and here it is ${worker.numerics ?? "exact"}`;
  const missing = sweep.modules.find(({ sha256 }) => !worker.modules.some((own) => own.sha256 === sha256));
  const same = worker.modules.find(({ module }) => module === missing?.module);
  if (missing !== undefined && same !== undefined)
    return `it needs ${missing.module} with the digest ${missing.sha256.slice(0, 12)}, and here it is ${same.sha256.slice(0, 12)}`;
  if (missing !== undefined) return `it needs --import ${missing.module}`;
  const extra = worker.modules.find(({ sha256 }) => !sweep.modules.some((own) => own.sha256 === sha256));
  if (extra !== undefined) return `it does without ${extra.module}, which is imported here`;
  return queueOf(worker) === queueOf(sweep) ? undefined : "it imports the same modules in another order";
}
