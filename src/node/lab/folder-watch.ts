/**
 * Looks through folders for runs, again and again. A look is a generator that pauses after each folder, so that its driver
 * can answer requests in between. What has not changed costs a few questions for times: of each run two, of each other
 * folder one.
 */

import { createHash } from "node:crypto";
import { type Dirent, lstatSync, readdirSync, realpathSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { FileError, fileError } from "../file-error.js";
import { METRICS } from "../run-folder.js";
import { RECORD } from "../run-record.js";
import { SWEEP } from "../sweeps/sweep-record.js";
import { STUDY } from "../sweeps/tune-folder.js";
import type { Catalogue } from "./catalogue.js";
import type { Place } from "./open-file.js";
import { runEntry } from "./run-entry.js";
import { SWEEP_FILES, sweepEntry } from "./sweep-entry.js";

/** Folders in folders, and folders in all, that are looked at. */
const MOST_LEVELS = 8;
const MOST_FOLDERS = 100_000;
/** Messages about one of the folders that were given. */
const MOST_PROBLEMS = 20;
/** File systems count time in steps: what has changed just now may change again without another time. */
const RECENT_MS = 3000;

interface Node extends Place {
  readonly id: string;
  readonly level: number;
  /** The sweep that it is in, if any. */
  readonly sweep: string | null;
  kind: "folder" | "run" | "sweep" | "study";
  /** The times and sizes at the last look; undefined if it has to be looked at in any case. */
  seen: string | undefined;
  problems: readonly string[];
  readonly inside: Map<string, Node>;
}

export class FolderWatch {
  private readonly catalogue: Catalogue;
  private readonly clock: () => number;
  /** The folders that were given, by their paths. */
  private readonly roots: ReadonlyMap<string, Node>;
  private folders = 0;

  /** `clock` in milliseconds since 1970. A folder that is not there yet may come. */
  constructor(folders: readonly string[], catalogue: Catalogue, clock: () => number = Date.now) {
    this.catalogue = catalogue;
    this.clock = clock;
    this.roots = new Map(
      folders.map((name) => [name, realPath(name)] as const).map(([name, path]) => [path, nodeAt(path, name, 0, null)]),
    );
    catalogue.note(
      folders.map((name) => ({ name, problems: [] })),
      false,
    );
  }

  /** Looks at everything once. */
  *look(): Generator<void> {
    const told = [];
    for (const root of this.roots.values()) {
      const problems: string[] = [];
      yield* this.visit(root, problems);
      told.push({ name: root.name, problems: problems.slice(0, MOST_PROBLEMS) });
    }
    this.catalogue.note(told, true);
  }

  private *visit(node: Node, problems: string[]): Generator<void> {
    yield;
    try {
      if (node.kind === "folder" || !this.refresh(node)) this.refreshFolder(node);
    } catch (error) {
      // Whatever it holds can't be seen any more, and is looked for again at the next look.
      this.empty(node);
      node.problems = [fileError(node.name, "can't be read", error).message];
    }
    if (problems.length < MOST_PROBLEMS) problems.push(...node.problems.slice(0, MOST_PROBLEMS));
    for (const child of node.inside.values()) yield* this.visit(child, problems);
  }

  /** Looks at a folder that is no run and no sweep, or was none. */
  private refreshFolder(node: Node): void {
    const found = lstatSync(node.path, { throwIfNoEntry: false });
    if (!found?.isDirectory()) {
      this.empty(node);
      if (node.level > 0) return;
      const what = found === undefined ? "is not there yet" : "is not a folder";
      node.problems = [`${node.name}: ${what}`];
      return;
    }
    const seen = stampOf(node.path);
    if (seen === node.seen) return;
    node.seen = this.isRecent(found.mtimeMs) ? undefined : seen;
    const kind = kindOf(node);
    if (kind === "folder") this.list(node);
    else {
      this.empty(node);
      node.kind = kind;
      this.refresh(node);
    }
  }

  /** Looks at a run, a sweep or a study. Returns false if it is none any more; it is then an empty folder. */
  private refresh(node: Node): boolean {
    const isThere = node.kind === "run" ? this.refreshRun(node) : this.refreshSweep(node);
    if (!isThere) this.empty(node);
    return isThere;
  }

  private refreshRun(node: Node): boolean {
    const seen = stampsOf(node, [RECORD, METRICS]);
    if (seen !== undefined && seen === node.seen) return true;
    const shown = runEntry(node, node.id, node.sweep);
    if (shown === undefined) return false;
    this.catalogue.put({ kind: "run", place: node, shown });
    // Of a run at work, the process may end without a change of any file.
    node.seen = shown.state === "running" || this.isRecent(shown.changed) ? undefined : seen;
    return true;
  }

  private refreshSweep(node: Node): boolean {
    const kind = node.kind === "study" ? "study" : "sweep";
    const seen = stampsOf(node, Object.values(SWEEP_FILES[kind]));
    if (seen !== undefined && seen === node.seen) return true;
    const shown = sweepEntry(node, node.id, kind);
    if (shown === undefined) return false;
    this.catalogue.put({ kind: "sweep", place: node, shown });
    node.seen = this.isRecent(shown.changed) ? undefined : seen;
    this.keepOnly(node, ["runs"], node.id);
    return true;
  }

  /** Finds the folders in a folder. */
  private list(node: Node): void {
    if (realpathSync.native(node.path) !== node.path) throw new FileError(node.name, "is not where it was");
    const entries = readdirSync(node.path, { withFileTypes: true });
    const folders = entries.filter((entry) => isWanted(entry) && !this.roots.has(join(node.path, entry.name)));
    const links = entries.filter((entry) => entry.isSymbolicLink() && !entry.name.startsWith("."));
    const problems = links.map(
      ({ name }) => `${join(node.name, name)}: is a symbolic link, which the lab does not follow`,
    );
    if (folders.length > 0 && node.level === MOST_LEVELS) {
      problems.push(`${node.name}: lies ${MOST_LEVELS} folders deep, and those in it are not looked at`);
      folders.length = 0;
    }
    const names = folders.map(({ name }) => name);
    if (!this.keepOnly(node, names, node.sweep))
      problems.push(`${node.name}: not all of it is shown, as there are more than ${MOST_FOLDERS} folders`);
    node.problems = problems;
  }

  /** Keeps the folders of these names in a node, forgets others, and adds new ones; false if they are too many. */
  private keepOnly(node: Node, names: readonly string[], sweep: string | null): boolean {
    const wanted = new Set(names);
    for (const [name, child] of node.inside) if (!wanted.has(name)) this.forget(node, name, child);
    for (const name of wanted) {
      if (node.inside.has(name)) continue;
      if (this.folders >= MOST_FOLDERS) return false;
      node.inside.set(name, nodeAt(join(node.path, name), join(node.name, name), node.level + 1, sweep));
      this.folders++;
    }
    return true;
  }

  private forget(parent: Node, name: string, child: Node): void {
    this.empty(child);
    parent.inside.delete(name);
    this.folders--;
  }

  /** Makes a node a folder in which nothing is known. */
  private empty(node: Node): void {
    for (const [name, child] of node.inside) this.forget(node, name, child);
    this.catalogue.remove(node.id);
    node.kind = "folder";
    node.seen = undefined;
    node.problems = [];
  }

  private isRecent(changed: number): boolean {
    return Math.abs(this.clock() - changed) < RECENT_MS;
  }
}

function nodeAt(path: string, name: string, level: number, sweep: string | null): Node {
  const id = createHash("sha256").update(path).digest("hex").slice(0, 16);
  return { path, name, id, level, sweep, kind: "folder", seen: undefined, problems: [], inside: new Map() };
}

/** The path of a folder without links, also if it is not there yet. */
function realPath(folder: string): string {
  const path = resolve(folder);
  try {
    return realpathSync.native(path);
  } catch {
    return dirname(path) === path ? path : join(realPath(dirname(path)), basename(path));
  }
}

function kindOf({ path }: Place): Node["kind"] {
  const has = (name: string): boolean => lstatSync(join(path, name), { throwIfNoEntry: false }) !== undefined;
  return has(RECORD) ? "run" : has(SWEEP) ? "sweep" : has(STUDY) ? "study" : "folder";
}

function isWanted(entry: Dirent): boolean {
  return entry.isDirectory() && !entry.name.startsWith(".") && entry.name !== "node_modules";
}

/** Undefined if the first of the files is not there. */
function stampsOf({ path }: Place, names: readonly string[]): string | undefined {
  const stamps = names.map((name) => stampOf(join(path, name)));
  return stamps[0] === "" ? undefined : stamps.join(" ");
}

/** What is another when a file has changed; empty if there is none. */
function stampOf(path: string): string {
  const found = lstatSync(path, { throwIfNoEntry: false });
  return found === undefined ? "" : `${found.ino}:${found.mtimeMs}:${found.size}`;
}
