/** Where a module is that somebody named. */

import { readFileSync, realpathSync, statSync } from "node:fs";
import { createRequire, isBuiltin } from "node:module";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * The absolute path of a module: of a file, named by its address or by its path from `folder`, or of a package that is
 * installed for `folder`. Undefined where there is neither.
 */
export function findModule(name: string, folder: string = process.cwd()): string | undefined {
  const path = name.startsWith("file:") ? fileURLToPath(name) : resolve(folder, name);
  if (isFile(path)) return path;
  return /^(file:|\.|\/)/.test(name) || isBuiltin(name) ? undefined : findPackage(name, folder);
}

export function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

/** What `import` loads under this name, such as `tsx/esm/api`, from a package that is installed for `folder`. */
export function findPackage(name: string, folder: string): string | undefined {
  const require = createRequire(join(folder, "package.json"));
  const exported = findExported(name, require.resolve.paths(name) ?? []);
  if (exported !== undefined) return exported;
  try {
    // `require` does not see what is exported to `import` alone; of packages without `exports` it sees all there is.
    return require.resolve(name);
  } catch {
    return undefined;
  }
}

/** What the `exports` of a package say that `import` of this name loads. Patterns with `*` are not looked at. */
function findExported(name: string, folders: readonly string[]): string | undefined {
  const [, root, rest] = /^((?:@[^/]+\/)?[^/]+)(.*)$/.exec(name) ?? [];
  if (root === undefined) return undefined;
  const home = folders.map((folder) => join(folder, root)).find((folder) => isFile(join(folder, "package.json")));
  if (home === undefined) return undefined;
  const { exports } = JSON.parse(readFileSync(join(home, "package.json"), "utf8")) as { exports?: unknown };
  const target = targetOf(exports, `.${rest}`);
  if (target === undefined || !isFile(join(home, target))) return undefined;
  // As Node does: what a package needs in its turn is looked up from where it really is.
  return realpathSync(join(home, target));
}

const CONDITIONS = ["node", "import", "module-sync", "default"];

function targetOf(exports: unknown, subpath: string): string | undefined {
  if (typeof exports === "string") return exports;
  if (typeof exports !== "object" || exports === null) return undefined;
  const fitting = Object.entries(exports).filter(([key]) => key === subpath || CONDITIONS.includes(key));
  return fitting.map(([, value]) => targetOf(value, subpath)).find((target) => target !== undefined);
}
