/** Finds folders by patterns such as `runs/ppo-*`. A shell that expands patterns itself has done so already. */

import { existsSync } from "node:fs";
import { basename, join, sep } from "node:path";
import { ConfigError, nearest } from "../../errors.js";
import { isFolder } from "../folders.js";
import { namesIn } from "../reading.js";
import { RUNS } from "../run-folder.js";

/**
 * The paths that a pattern stands for, in alphabetical order: the path itself if it exists, or one in `runs`. `*` stands for
 * any characters and `?` for one, both within one name; names that begin with a dot match only a pattern that does too.
 *
 * @throws ConfigError if there is none @throws FileError if a folder can't be read
 */
export function pathsOf(pattern: string): string[] {
  for (const path of [pattern, join(RUNS, pattern)]) if (existsSync(path)) return [path];
  const found = /[*?]/.test(pattern)
    ? [pattern, join(RUNS, pattern)].map(matching).find(({ length }) => length > 0)
    : [];
  if (found !== undefined && found.length > 0) return found;
  const names = sortedNamesIn(RUNS);
  const allowed = `a run, a sweep, or a folder of runs, or a pattern that some match${names.length === 0 ? "" : `; ${RUNS} has ${few(names)}`}`;
  throw new ConfigError({ field: "run", given: pattern, allowed, nearest: nearest(basename(pattern), names) });
}

function matching(pattern: string): string[] {
  const parts = pattern.split(/[\\/]/);
  const root = parts[0] === "" ? sep : "";
  const names = parts.filter((part) => part !== "");
  return names.reduce<string[]>(
    (folders, name) =>
      folders.flatMap((folder) => {
        if (!/[*?]/.test(name)) return existsSync(join(folder, name)) ? [join(folder, name)] : [];
        const isMatch = matcher(name);
        return sortedNamesIn(folder)
          .filter(isMatch)
          .map((found) => join(folder, found));
      }),
    [root],
  );
}

/** Whether a name matches, in time linear in its length for each star: a regular expression may take exponential time. */
export function matcher(pattern: string): (name: string) => boolean {
  const pieces = pattern.split(/\*+/);
  return (name) => {
    if (name.startsWith(".") && !pattern.startsWith(".")) return false;
    if (pieces.length === 1) return name.length === pattern.length && fits(pieces[0], name, 0);
    const last = pieces[pieces.length - 1];
    if (!fits(pieces[0], name, 0)) return false;
    let at = pieces[0].length;
    for (const piece of pieces.slice(1, -1)) {
      while (at + piece.length <= name.length && !fits(piece, name, at)) at++;
      at += piece.length;
    }
    return at + last.length <= name.length && fits(last, name, name.length - last.length);
  };
}

function fits(piece: string, name: string, at: number): boolean {
  if (at + piece.length > name.length) return false;
  for (let i = 0; i < piece.length; i++) if (piece[i] !== "?" && piece[i] !== name[at + i]) return false;
  return true;
}

/** The names in a folder in alphabetical order; none if it is no folder. */
function sortedNamesIn(folder: string): string[] {
  const path = folder === "" ? "." : folder;
  return isFolder(path) ? namesIn(path).sort() : [];
}

function few(names: readonly string[]): string {
  return names.length > 8 ? `${names.slice(0, 8).join(", ")} … (${names.length} in all)` : names.join(", ");
}
