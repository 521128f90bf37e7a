// Writes the starter of each exercise, which is its solution without the bodies of the functions to write, and the JavaScript
// of both: the TypeScript without its types, with the same comments and lines. `node scripts/exercises.mjs` writes the files,
// and a test fails if one is out of date.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const root = new URL("../", import.meta.url);

/** The names of all exercises. */
export function exerciseNames() {
  const entries = readdirSync(new URL("exercises/", root), { withFileTypes: true });
  return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
}

/** The starter of each exercise, and the JavaScript of starter and solution, as [path, text]. */
export function generatedFiles() {
  return exerciseNames().flatMap((name) => {
    const read = (file) => readFileSync(new URL(`exercises/${name}/${file}`, root), "utf8");
    const solution = read("solution.ts");
    const starter = starterOf(solution, { name, written: functionsIn(read("hints.md")) });
    return [
      [`exercises/${name}/starter.ts`, starter],
      [`exercises/${name}/javascript/starter.js`, withoutTypes(starter)],
      [`exercises/${name}/javascript/solution.js`, withoutTypes(solution)],
    ];
  });
}

/** The functions that a learner writes: those with hints, but for the training loop, which the starter has. */
function functionsIn(hints) {
  return [...hints.matchAll(/^## (\w+)$/gm)].map(([, name]) => name).filter((name) => name !== "train");
}

/** A solution without the bodies of the functions to write, and without the imports that only they need. */
export function starterOf(solution, { name, written }) {
  const tree = parsed(solution);
  const edits = tree.statements.filter(ts.isFunctionDeclaration).flatMap((declared) => {
    if (!written.includes(declared.name.text)) return [];
    const given = declared.parameters.flatMap((parameter) => namesIn(parameter.name));
    const returns = declared.type.kind === ts.SyntaxKind.VoidKeyword ? "" : "return ";
    const body = `{\n  ${returns}yours(${[`"${declared.name.text}"`, ...given].join(", ")});\n}`;
    return [[declared.body.getStart(), declared.body.end, body]];
  });
  const [, title] = solution.match(/^\/\*\* (.*) \*\/\n/);
  const header = `/**
 * ${title}
 *
 * Replace each \`yours(…)\` by your own code, from top to bottom. The comment above a function says what it returns.
 * The rest is complete. ${name}.md, beside this file, has the commands and the parts of Ascent that you need.
 */
`;
  const placeholder = `
/** Stands where your code goes. */
function yours(name: string, ..._given: unknown[]): never {
  throw new Error(\`\${name} is not written yet\`);
}
`;
  return header + withoutUnusedImports(edited(solution, edits)).replace(/^.*\n/, "") + placeholder;
}

/** The names that a parameter binds. */
function namesIn(binding) {
  return ts.isIdentifier(binding) ? [binding.text] : binding.elements.flatMap((element) => namesIn(element.name));
}

/** Drops imported names that no code uses, and imports without any. */
function withoutUnusedImports(source) {
  const tree = parsed(source);
  const used = new Set();
  const visit = (node) => {
    if (ts.isImportDeclaration(node)) return;
    if (ts.isIdentifier(node)) used.add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  const edits = tree.statements.filter(ts.isImportDeclaration).map((declaration) => {
    const kept = declaration.importClause.namedBindings.elements.filter(({ name }) => used.has(name.text));
    if (kept.length === 0) return [declaration.getStart(), declaration.end + 1, ""];
    const types = kept.every(({ isTypeOnly }) => isTypeOnly);
    const names = kept.map((one) => (types ? one.name.text : one.getText())).join(", ");
    const from = declaration.moduleSpecifier.getText();
    return [declaration.getStart(), declaration.end, `import ${types ? "type " : ""}{ ${names} } from ${from};`];
  });
  return edited(source, edits);
}

/** Cuts all types out of a program that has neither enums nor casts. Interfaces become comments. */
export function withoutTypes(source) {
  const cuts = [];
  const cut = (from, to) => void cuts.push([from, to, ""]);
  const tree = parsed(source);
  const modules = importedFrom(tree);
  const visit = (node) => {
    const typesOnly = ts.isImportDeclaration(node) && node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
    if (typesOnly) return cut(node.pos, node.end);
    if (ts.isInterfaceDeclaration(node)) return void cuts.push([node.pos, node.end, `\n\n${typedef(node, modules)}`]);
    if (ts.isImportSpecifier(node) && node.isTypeOnly) {
      const comma = source.slice(node.end).match(/^,? ?/)[0].length;
      return cut(node.getStart(), node.end + comma);
    }
    // The colon stands before the type.
    if (node.type !== undefined) cut(source.lastIndexOf(":", node.type.getStart()), node.type.end);
    for (const list of [node.typeArguments, node.typeParameters])
      if (list !== undefined) cut(list.pos - 1, list.end + 1);
    ts.forEachChild(node, (child) => {
      if (!ts.isTypeNode(child)) visit(child);
    });
  };
  visit(tree);
  return (
    edited(source, cuts)
      .replaceAll(/\n{3,}/g, "\n\n")
      // Parameters that had a line each because of their types share one.
      .replaceAll(
        /\(\n((?: {2}\S.*,\n)+)\) \{/g,
        (_, lines) => `(${lines.trim().slice(0, -1).replaceAll(/\n */g, " ")}) {`,
      )
      .replaceAll(/, \}/g, " }")
  );
}

/** The module that each imported name comes from. */
function importedFrom(tree) {
  return new Map(
    tree.statements
      .filter(ts.isImportDeclaration)
      .flatMap(({ importClause, moduleSpecifier }) =>
        importClause.namedBindings.elements.map(({ name }) => [name.text, moduleSpecifier.text]),
      ),
  );
}

/** An interface as a comment that editors read as a type. */
function typedef(declared, modules) {
  const lines = [
    ...commentOf(declared).split("\n"),
    `@typedef {object} ${declared.name.text}`,
    ...declared.members.map((member) => {
      const type = member.type
        .getText()
        .replaceAll("readonly ", "")
        .replaceAll(/\b[A-Z]\w*/g, (one) => (modules.has(one) ? `import("${modules.get(one)}").${one}` : one));
      return `@property {${type}} ${member.name.text} ${commentOf(member).replaceAll("\n", " ")}`.trimEnd();
    }),
  ];
  return `/**\n${lines
    .filter((line) => line !== "")
    .map((line) => ` * ${line}\n`)
    .join("")} */`;
}

/** The text of the comment above a declaration. */
function commentOf(node) {
  return ts
    .getJSDocCommentsAndTags(node)
    .map(({ comment }) => comment)
    .join("\n");
}

function parsed(source) {
  return ts.createSourceFile("x.ts", source, ts.ScriptTarget.ES2023, true);
}

/** Replaces parts of a text, each given as [from, to, by]. */
function edited(text, edits) {
  return edits
    .toSorted((a, b) => b[0] - a[0])
    .reduce((result, [from, to, by]) => result.slice(0, from) + by + result.slice(to), text);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [path, text] of generatedFiles()) {
    mkdirSync(new URL(`${path}/../`, root), { recursive: true });
    writeFileSync(new URL(path, root), text);
  }
}
