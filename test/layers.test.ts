import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { librarySources, lineOf, readSource, root, type SourceFile, visit } from "./source-tree.js";

const sources = librarySources();

/** Folders (and single files) that may touch Node and the clock. */
const outside = ["src/node/", "src/cli/"];
const core = sources.filter(({ path }) => !outside.some((folder) => path.startsWith(folder)));

/**
 * The arrows, as ARCHITECTURE.md draws them: `tensor: kernels errors` says that files in `src/tensor` may import from
 * `src/kernels` and `src/errors.ts`; `kernels/maths` allows one file of a folder.
 */
const arrows = readArrows(readFileSync(join(root, "ARCHITECTURE.md"), "utf8"));

function readArrows(page: string): Map<string, readonly string[]> {
  const block = /```arrows\n([\s\S]*?)```/.exec(page)?.[1] ?? "";
  const lines = block.split("\n").filter((line) => line.includes(":"));
  return new Map(
    lines.map((line) => {
      const [layer, allowed] = line.split(":");
      return [layer.trim(), allowed.split(/\s+/).filter((name) => name !== "" && name !== "-")];
    }),
  );
}

/** `src/tensor/ops/linear.ts` belongs to `tensor`, `src/training/train.ts` to `train`. */
function layerOf(path: string): string {
  return path.split("/")[1].replace(/\.ts$/, "");
}

function offendingImports(files: readonly SourceFile[], table: ReadonlyMap<string, readonly string[]>): string[] {
  const offences: string[] = [];
  for (const { path, imports } of files) {
    const from = layerOf(path);
    for (const { target, line } of imports) {
      if (!target.startsWith("src/") || layerOf(target) === from) continue;
      const file = target.replace(/^src\/|\.ts$/g, "");
      const allowed = table.get(from) ?? [];
      if (!allowed.includes(layerOf(target)) && !allowed.includes(file))
        offences.push(`${path}:${line} imports ${target}`);
    }
  }
  return offences;
}

/** Imports that lead back to where they began, each cycle once. */
function cyclesOf(files: readonly SourceFile[]): string[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const finished = new Set<string>();
  const cycles: string[] = [];
  const walk = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) cycles.push([...trail.slice(trail.indexOf(path)), path].join(" → "));
    if (trail.includes(path) || finished.has(path)) return;
    for (const { target } of byPath.get(path)?.imports ?? []) walk(target, [...trail, path]);
    finished.add(path);
  };
  for (const { path } of files) walk(path, []);
  return cycles;
}

/** What ECMAScript leaves to the engine: two browsers may give different last bits, or a clock, or chance. */
const engineDependent = new Set(
  ["Math.random", "Date.now", "performance.now", "Date"].concat(
    ...[
      "exp",
      "expm1",
      "log",
      "log1p",
      "log2",
      "log10",
      "pow",
      "sin",
      "cos",
      "tan",
      "asin",
      "acos",
      "atan",
      "atan2",
    ].map((name) => `Math.${name}`),
    ...["sinh", "cosh", "tanh", "asinh", "acosh", "atanh", "cbrt", "hypot"].map((name) => `Math.${name}`),
  ),
);

function engineDependentCalls({ path, tree }: SourceFile): string[] {
  const found: string[] = [];
  const offend = (node: ts.Node, what: string): number => found.push(`${path}:${lineOf(tree, node)} ${what}`);
  visit(tree, (node) => {
    if (ts.isPropertyAccessExpression(node) && engineDependent.has(node.getText(tree)))
      offend(node, node.getText(tree));
    if (ts.isNewExpression(node) && engineDependent.has(node.expression.getText(tree)))
      offend(node, node.getText(tree));
    if (
      ts.isVariableDeclaration(node) &&
      ts.isObjectBindingPattern(node.name) &&
      node.initializer?.getText(tree) === "Math"
    )
      offend(node, "takes functions out of Math, where this test does not see them");
    if (
      ts.isBinaryExpression(node) &&
      node.operatorToken.kind === ts.SyntaxKind.AsteriskAsteriskToken &&
      !exactPower(node)
    )
      offend(node, node.getText(tree));
  });
  return found;
}

/** Squares and the like, powers of two, and whole numbers of any size (bigint) are exact in every engine. */
function exactPower({ left, right }: ts.BinaryExpression): boolean {
  const wholeExponent = ts.isNumericLiteral(right) && Number.isInteger(Number(right.text));
  const two = ts.isNumericLiteral(left) && left.text === "2";
  return wholeExponent || two || (ts.isIdentifier(right) && isBigInt(right));
}

/** Whether a parameter of the functions around says so: `power: bigint`. */
function isBigInt(name: ts.Identifier): boolean {
  for (let node: ts.Node = name; node.parent !== undefined; node = node.parent) {
    const parameters = ts.isFunctionLike(node) ? node.parameters : [];
    const own = parameters.find((parameter) => parameter.name.getText() === name.text);
    if (own !== undefined) return own.type?.kind === ts.SyntaxKind.BigIntKeyword;
  }
  return false;
}

function source(path: string, text: string): SourceFile {
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true);
  const imports = [...text.matchAll(/from "(.+?)"/g)].map((match) => ({ target: match[1], line: 1 }));
  return { path, text, imports, tree };
}

describe("the arrows", () => {
  it("are listed for every folder and file of src", () => {
    expect([...new Set(sources.map(({ path }) => layerOf(path)))].filter((layer) => !arrows.has(layer))).toEqual([]);
  });

  it("point only to what stands above in the table", () => {
    const seen = new Set<string>();
    for (const [layer, allowed] of arrows) {
      expect(
        allowed.filter((name) => !seen.has(name.split("/")[0])),
        layer,
      ).toEqual([]);
      seen.add(layer);
    }
  });

  it("are the only ones there are", () => {
    expect(offendingImports(sources, arrows)).toEqual([]);
  });

  it("are all in use", () => {
    const unused = [...arrows].flatMap(([layer, allowed]) => {
      const targets = sources.filter(({ path }) => layerOf(path) === layer).flatMap(({ imports }) => imports);
      const uses = (name: string): boolean =>
        targets.some(({ target }) => target === `src/${name}.ts` || layerOf(`${target}/`) === name);
      return layer === "cli" || layer === "node"
        ? []
        : allowed.filter((name) => !uses(name)).map((name) => `${layer}: ${name}`);
    });
    expect(unused).toEqual([]);
  });

  it("form no cycle, types included", () => {
    expect(cyclesOf(sources)).toEqual([]);
  });

  it("would be missed here if there were a wrong one", () => {
    const upward = source("src/tensor/x.ts", 'import { gae } from "src/rollout/returns.ts"');
    expect(offendingImports([upward], arrows)).toEqual(["src/tensor/x.ts:1 imports src/rollout/returns.ts"]);
    const back = source("src/rollout/returns.ts", 'import { x } from "src/tensor/x.ts"');
    expect(cyclesOf([upward, back])).toHaveLength(1);
  });
});

describe("the core", () => {
  it("imports no part of Node and no package", () => {
    const foreign = core.flatMap(({ path, imports }) =>
      imports.filter(({ target }) => !target.startsWith("src/")).map(({ target, line }) => `${path}:${line} ${target}`),
    );
    expect(foreign).toEqual([]);
  });

  it("calls nothing whose result depends on the engine, the clock or chance", () => {
    expect(core.flatMap(engineDependentCalls)).toEqual([]);
  });

  it("would be caught if it did", () => {
    const calls = ["Math.exp(1)", "Math.random()", "new Date()", "x ** 0.5", "x ** y", "const { sin } = Math"];
    for (const call of calls) expect(engineDependentCalls(source("src/x.ts", call)), call).toHaveLength(1);
    const exact = ["Math.sqrt(2)", "x ** 2", "2 ** k", "const f = (n: bigint) => 3n ** n"];
    for (const call of exact) expect(engineDependentCalls(source("src/x.ts", call)), call).toEqual([]);
  });
});

describe("every file", () => {
  it("says what it is for by its name: no utils, helpers, common, base or manager", () => {
    const vague = sources.filter(({ path }) =>
      /(^|[/-])(utils?|helpers?|common|base|managers?|misc)([-./]|$)/i.test(path),
    );
    expect(vague.map(({ path }) => path)).toEqual([]);
  });

  it("has names for all it exports", () => {
    const defaults = sources.filter(({ tree }) => {
      let found = false;
      visit(tree, (node) => {
        found ||= ts.isExportAssignment(node) || node.kind === ts.SyntaxKind.DefaultKeyword;
      });
      return found;
    });
    expect(defaults.map(({ path }) => path)).toEqual([]);
  });

  it("has a type for everything: no any", () => {
    const anys = sources.flatMap(({ path, tree }) => {
      const lines: string[] = [];
      visit(tree, (node) => {
        if (node.kind === ts.SyntaxKind.AnyKeyword) lines.push(`${path}:${lineOf(tree, node)}`);
      });
      return lines;
    });
    expect(anys).toEqual([]);
  });

  it("inherits from nothing but Error", () => {
    const heirs = sources.flatMap(({ path, tree }) => {
      const lines: string[] = [];
      visit(tree, (node) => {
        if (ts.isHeritageClause(node) && node.token === ts.SyntaxKind.ExtendsKeyword && ts.isClassLike(node.parent)) {
          const parent = node.types[0].expression.getText(tree);
          if (!parent.endsWith("Error")) lines.push(`${path}:${lineOf(tree, node)} extends ${parent}`);
        }
      });
      return lines;
    });
    expect(heirs).toEqual([]);
  });

  it("can be read in one sitting: 300 lines at most, and a note above 250", () => {
    const lengths = sources.map(({ path, text }) => ({ path, lines: text.split("\n").length - 1 }));
    lengths.sort((a, b) => a.lines - b.lines);
    const long = lengths.filter(({ lines }) => lines > 250);
    const median = lengths[lengths.length >> 1].lines;
    console.log(
      `${lengths.length} files, median ${median} lines, longest ${basename(lengths.at(-1)!.path)} ${lengths.at(-1)!.lines}`,
    );
    for (const { path, lines } of long) console.log(`over 250 lines: ${path} ${lines}`);
    expect(lengths.filter(({ lines }) => lines > 300)).toEqual([]);
  });
});

it("the reader sees every way to import", () => {
  const { imports } = readSource("test/layers.test.ts");
  expect(imports.map(({ target }) => target)).toEqual([
    "node:fs",
    "node:path",
    "typescript",
    "vitest",
    "test/source-tree.ts",
  ]);
});
