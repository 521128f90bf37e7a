/** A small known world, a policy in it, and all that an estimator can be compared with. */

import type { Table } from "../envs/tabular.js";
import { ConfigError } from "../errors.js";
import { requireKnown } from "../options.js";
import { checkNumbers, checkReal, isTable } from "./checks.js";

/** A world of the lab: a table, a discount factor, the logits of a policy, and an error for a critic. */
export interface World {
  readonly name: string;
  readonly summary: string;
  readonly table: Table;
  readonly gamma: number;
  /** The logits of the world's own policy: S·A numbers, at s·A + a. */
  readonly logits: Float64Array;
  /** e(s): the wrong critic of the lab is V + e. S numbers. */
  readonly criticError: Float64Array;
  /** After how many steps episodes are cut. Default: never. */
  readonly timeLimit?: number | undefined;
}

/**
 * A world of one's own, from a table such as `make("GridWorld-v0").table`. By default all actions are equally likely, and the
 * wrong critic is V + 1.
 *
 * @throws ConfigError if γ is not from 0 to 1, or `logits` or `criticError` has another length than the table asks for
 */
export function worldOf(
  table: Table,
  options: {
    readonly gamma: number;
    readonly name?: string;
    readonly summary?: string;
    readonly logits?: readonly number[];
    readonly criticError?: readonly number[];
  },
): World {
  if (!isTable(table))
    throw new ConfigError({ field: "table", given: table, allowed: 'a table, such as make("GridWorld-v0").table' });
  requireKnown(options, ["gamma", "name", "summary", "logits", "criticError"]);
  const {
    gamma,
    name = "own",
    summary = "a table of one's own",
    logits = new Array<number>(table.states * table.actions).fill(0),
    criticError = new Array<number>(table.states).fill(1),
  } = options;
  checkReal("gamma", gamma, { min: 0, max: 1 });
  checkNumbers("logits", logits, table.states * table.actions);
  checkNumbers("criticError", criticError, table.states);
  return {
    name,
    summary,
    table,
    gamma,
    logits: Float64Array.from(logits),
    criticError: Float64Array.from(criticError),
  };
}
