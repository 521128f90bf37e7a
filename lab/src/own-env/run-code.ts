/** Runs the user's code, which registers an environment. */

import { type EnvEntry, listEnvs } from "ascent/envs";
import { moduleOf } from "./modules.js";
import { NAME } from "./place-of-error.js";

type Module = (require: typeof moduleOf, exports: object, module: object) => void;

/**
 * The entry that the code has registered: the last one, if there are several.
 *
 * @throws whatever the code throws, and an Error if it registers nothing
 */
export async function runCode(code: string): Promise<EnvEntry> {
  const known = new Set(listEnvs().map(({ id }) => id));
  // The first line of the code stays the first, so that the lines of errors are right.
  const text = `export const run = (require, exports, module) => { ${code}\n};\n//# sourceURL=${NAME}`;
  const address = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  const { run } = (await import(/* @vite-ignore */ address)) as { run: Module };
  URL.revokeObjectURL(address);
  const module = { exports: {} };
  run(moduleOf, module.exports, module);
  const entry = listEnvs().findLast(({ id }) => !known.has(id));
  if (entry === undefined)
    throw new Error(
      'The code registers no environment. It needs a line such as register({ id: "Mine-v0", create: game });',
    );
  return entry;
}
