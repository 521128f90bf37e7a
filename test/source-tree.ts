/** The sources as the tests about the house see them: what each file calls and exports. */

import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import ts from "typescript";

export const root: string = join(import.meta.dirname, "..");

export interface SourceFile {
  /** Such as `src/rollout/collector.ts`. */
  readonly path: string;
  readonly text: string;
  readonly tree: ts.SourceFile;
}

/** Every file below a folder of the repository whose path ends as asked for, sorted. */
export function filesBelow(folder: string, ending: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .map((name) => posix.join(folder, name.replaceAll("\\", "/")))
    .filter((path) => path.endsWith(ending))
    .sort();
}

/** The library's own files: tests and what the build generates are left out. */
export function librarySources(): SourceFile[] {
  return filesBelow("src", ".ts")
    .filter((path) => !path.endsWith(".test.ts") && !path.includes("/generated/"))
    .map(readSource);
}

function readSource(path: string): SourceFile {
  const text = readFileSync(join(root, path), "utf8");
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true);
  return { path, text, tree };
}

/** Visits every node of a syntax tree, parents first. */
export function visit(node: ts.Node, see: (node: ts.Node) => void): void {
  see(node);
  ts.forEachChild(node, (child) => visit(child, see));
}

export function lineOf(tree: ts.SourceFile, node: ts.Node): number {
  return tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1;
}
