/** The syntax trees of the sources, for tests about their calls and exports. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { filesBelow } from "./files-below.js";
import { root } from "./root.js";

export interface SourceFile {
  /** The path from the root, such as `src/rollout/collector.ts`. */
  readonly path: string;
  readonly text: string;
  readonly tree: ts.SourceFile;
}

/** The library's own files, without tests and generated files. */
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
