/** Finds a module by its path or its package name. */

import { readFileSync, realpathSync, statSync } from "node:fs";
import { createRequire, isBuiltin } from "node:module";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { RunImport } from "../../training/run-record.js";
import { robotsModule } from "./robots-module.js";

/**
 * The absolute path of a module: a file given by its `file:` address or its path from `folder`, or a package that `folder`
 * can import. Undefined if neither exists.
 */
export function findModule(name: string, folder: string = process.cwd()): string | undefined {
  if (name === robotsModule.module) return robotsModule.path;
  const path = name.startsWith("file:") ? fileURLToPath(name) : resolve(folder, name);
  if (isFile(path)) return path;
  return /^(file:|\.|\/)/.test(name) || isBuiltin(name) ? undefined : findPackage(name, folder);
}

/** A module that was found before, which may lie elsewhere by now, or on this machine. Undefined if it is gone. */
export function findAgain({ module, path }: RunImport): RunImport | undefined {
  if (module === robotsModule.module) return robotsModule;
  const now = findModule(path) ?? findModule(module);
  return now === undefined ? undefined : { module, path: now };
}

/** A path that can't be looked up, such as one with a name that is too long, is none of a file. */
export function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** The file that `import` of this name, such as `tsx/esm/api`, loads in `folder`. */
export function findPackage(name: string, folder: string): string | undefined {
  const require = createRequire(join(folder, "package.json"));
  const exported = findExported(name, require.resolve.paths(name) ?? []);
  if (exported !== undefined) return exported;
  try {
    // `require` does not find exports that are only for `import`. It is right for packages without `exports`.
    return require.resolve(name);
  } catch {
    return undefined;
  }
}

/** The file that a package exports to `import` under this name. Patterns with `*` are not supported. */
function findExported(name: string, folders: readonly string[]): string | undefined {
  const [, root, rest] = /^((?:@[^/]+\/)?[^/]+)(.*)$/.exec(name) ?? [];
  if (root === undefined) return undefined;
  const home = folders.map((folder) => join(folder, root)).find((folder) => isFile(join(folder, "package.json")));
  if (home === undefined) return undefined;
  const { exports } = JSON.parse(readFileSync(join(home, "package.json"), "utf8")) as { exports?: unknown };
  const target = targetOf(exports, `.${rest}`);
  if (target === undefined || !isFile(join(home, target))) return undefined;
  // As in Node, links are resolved, so that a package's own imports are found next to its real path.
  return realpathSync(join(home, target));
}

const CONDITIONS = ["node", "import", "module-sync", "default"];

function targetOf(exports: unknown, subpath: string): string | undefined {
  if (typeof exports === "string") return exports;
  if (typeof exports !== "object" || exports === null) return undefined;
  const fitting = Object.entries(exports).filter(([key]) => key === subpath || CONDITIONS.includes(key));
  return fitting.map(([, value]) => targetOf(value, subpath)).find((target) => target !== undefined);
}
