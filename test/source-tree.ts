/** The sources as the tests about the house see them: what each file imports, calls and exports. */

import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import ts from "typescript";

export const root: string = join(import.meta.dirname, "..");

export interface Import {
  /** Such as `src/rollout/collector.ts`, or `node:fs`, or a package. */
  readonly target: string;
  readonly line: number;
}

export interface SourceFile {
  /** Such as `src/rollout/collector.ts`. */
  readonly path: string;
  readonly text: string;
  readonly imports: readonly Import[];
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

export function readSource(path: string): SourceFile {
  const text = readFileSync(join(root, path), "utf8");
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true);
  const imports: Import[] = [];
  visit(tree, (node) => {
    const specifier = specifierOf(node);
    if (specifier === undefined) return;
    const name = specifier.text;
    const target = name.startsWith(".") ? posix.join(dirname(path), name).replace(/\.js$/, ".ts") : name;
    imports.push({ target, line: lineOf(tree, node) });
  });
  return { path, text, imports, tree };
}

/** Visits every node of a syntax tree, parents first. */
export function visit(node: ts.Node, see: (node: ts.Node) => void): void {
  see(node);
  ts.forEachChild(node, (child) => visit(child, see));
}

export function lineOf(tree: ts.SourceFile, node: ts.Node): number {
  return tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1;
}

/** Of `import …`, `export … from`, `import(…)` and the type `import("…").T`. */
function specifierOf(node: ts.Node): ts.StringLiteral | undefined {
  let specifier: ts.Node | undefined;
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) specifier = node.moduleSpecifier;
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) specifier = node.arguments[0];
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) specifier = node.argument.literal;
  return specifier !== undefined && ts.isStringLiteral(specifier) ? specifier : undefined;
}
