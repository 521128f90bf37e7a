// Writes the JavaScript of the exercises' starters and solutions: their TypeScript without its types, with the same comments
// and lines. `node scripts/exercises.mjs` writes the files, and a test fails if one is out of date.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const root = new URL("../", import.meta.url);

/** The names of all exercises. */
export function exerciseNames() {
  const entries = readdirSync(new URL("exercises/", root), { withFileTypes: true });
  return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
}

/** The JavaScript of each starter and solution as [path, text]. */
export function javascriptFiles() {
  return exerciseNames().flatMap((name) =>
    ["starter", "solution"].map((which) => {
      const source = readFileSync(new URL(`exercises/${name}/${which}.ts`, root), "utf8");
      return [`exercises/${name}/javascript/${which}.js`, withoutTypes(source)];
    }),
  );
}

/** Cuts all types out of a program that has neither enums nor casts. */
export function withoutTypes(source) {
  const tree = ts.createSourceFile("x.ts", source, ts.ScriptTarget.ES2023, true);
  const cuts = [];
  const cut = (from, to) => void cuts.push([from, to]);
  const visit = (node) => {
    const typesOnly = ts.isImportDeclaration(node) && node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
    if (typesOnly || ts.isInterfaceDeclaration(node)) return cut(node.pos, node.end);
    if (ts.isImportSpecifier(node) && node.isTypeOnly) {
      const comma = source.slice(node.end).match(/^,? ?/)[0].length;
      return cut(node.getStart(), node.end + comma);
    }
    // The colon stands before the type.
    if (node.type !== undefined) cut(source.lastIndexOf(":", node.type.getStart()), node.type.end);
    if (node.typeArguments !== undefined) cut(node.typeArguments.pos - 1, node.typeArguments.end + 1);
    ts.forEachChild(node, (child) => {
      if (!ts.isTypeNode(child)) visit(child);
    });
  };
  visit(tree);
  let text = source;
  for (const [from, to] of cuts.sort((a, b) => b[0] - a[0])) text = text.slice(0, from) + text.slice(to);
  return text.replaceAll(/\n{3,}/g, "\n\n").replaceAll(/, \}/g, " }");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [path, text] of javascriptFiles()) {
    mkdirSync(new URL(`${path}/../`, root), { recursive: true });
    writeFileSync(new URL(path, root), text);
  }
}
