/**
 * Lets tests load the library as Node does: the files of `dist`, built from `src`. Vitest would transform each module again for
 * each file of tests, and look up every imported name at every use.
 */

import { spawnSync } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";
import { root } from "./root.js";

const sources = join(root, "src/");
const built = join(root, "dist/");

/** Answers imports of a file of `src` with its file in `dist`, which vitest then leaves to Node. */
export function builtSources(): Plugin {
  return {
    name: "built-sources",
    enforce: "pre",
    async resolveId(source, importer, options) {
      const found = await this.resolve(source, importer, { ...options, skipSelf: true });
      const path = found?.id ?? "";
      if (!path.startsWith(sources) || !path.endsWith(".ts") || path.endsWith(".test.ts")) return found;
      return { id: join(built, `${path.slice(sources.length, -".ts".length)}.js`), external: true };
    },
  };
}

/** Builds the library and the lab if a source of these folders is newer, so that a test never sees what is no longer there. */
export function freshBuild(...folders: readonly string[]): void {
  const age = statSync(join(built, "index.js"), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const isFresh = (folder: string): boolean =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => !name.endsWith(".test.ts"))
      .every((name) => statSync(join(root, folder, name)).mtimeMs <= age);
  if (folders.every(isFresh)) return;
  const { status } = spawnSync(process.execPath, [join(root, "scripts/build.mjs")], { stdio: "inherit" });
  if (status !== 0) throw new Error("The library can't be built, so it can't be tested.");
}
