/** Runs one of the programs of this folder in a Node process of its own, with the environment variables that it needs. */

import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../../", import.meta.url));

/** Bundles `test/programs/<name>.ts` to where the sources' path to the native addon holds, and returns the bundle's path. */
export async function bundled(name: string): Promise<string> {
  const outfile = `${root}build/test/${name}.mjs`;
  const entryPoints = [`${root}test/programs/${name}.ts`];
  await build({
    entryPoints,
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    ignoreAnnotations: true,
    logLevel: "error",
  });
  return outfile;
}

/** What the program printed, as JSON. */
export async function outputOf<T>(bundle: string, words: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<T> {
  const clean = { ...process.env, ASCENT_BACKEND: "", ASCENT_INSTRUCTIONS: "", ASCENT_NUMERICS: "" };
  const { stdout } = await run(process.execPath, ["--expose-gc", bundle, ...words], { env: { ...clean, ...env } });
  return JSON.parse(stdout) as T;
}
