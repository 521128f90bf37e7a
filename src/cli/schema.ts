/** `ascent sweep --schema`: prints the JSON Schema by which an editor completes and checks `sweep.json`. */

import { sweepSchema } from "../sweeps/sweep-schema.js";
import { readCommandLine } from "./arguments.js";
import { DONE } from "./subcommand.js";
import { schemaOptions } from "./sweep-flags.js";
import type { Token } from "./tokens.js";

export function schemaCommand(tokens: readonly Token[]): number {
  const usage = "ascent sweep --schema > sweep.schema.json";
  readCommandLine(tokens, schemaOptions, { name: "sweep --schema", usage, words: 0 });
  process.stdout.write(`${JSON.stringify(sweepSchema(), null, 2)}\n`);
  return DONE;
}
