import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import ts from "typescript";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { imports, layerOf, pathOf, readArrows } from "./import-rules.js";
import { root } from "./root.js";
import { librarySources, lineOf, type SourceFile, visit } from "./source-tree.js";

const sources = librarySources();

/** The core: everything except the folders that may use Node and clocks. */
const core = sources.filter(({ path }) => !/^src\/(node|cli)\//.test(path));

const arrows = readArrows(readFileSync(join(root, "ARCHITECTURE.md"), "utf8"));
const { modules, violations } = await imports(root, arrows);

/** Calls that depend on the engine, a clock or randomness. */
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

/** Whether an enclosing function declares the parameter with this type: `power: bigint`. */
function isBigInt(name: ts.Identifier): boolean {
  for (let node: ts.Node = name; node.parent !== undefined; node = node.parent) {
    const parameters = ts.isFunctionLike(node) ? node.parameters : [];
    const own = parameters.find((parameter) => parameter.name.getText() === name.text);
    if (own !== undefined) return own.type?.kind === ts.SyntaxKind.BigIntKeyword;
  }
  return false;
}

function source(path: string, text: string): SourceFile {
  return { path, text, tree: ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true) };
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

  it("are the only imports, form no cycle, and lead from the core neither to Node nor to a package", () => {
    expect(modules.length).toBeGreaterThanOrEqual(sources.length);
    expect(violations).toEqual([]);
  });

  it("are all in use, but for those of node and cli, which may use every layer below them", () => {
    const layers = [...arrows].filter(([layer]) => layer !== "node" && layer !== "cli");
    const unused = layers.flatMap(([layer, allowed]) => {
      const own = modules.filter(({ source }) => new RegExp(pathOf(layer)).test(source));
      const targets = own.flatMap(({ dependencies }) => dependencies.map(({ resolved }) => resolved));
      const idle = allowed.filter((name) => !targets.some((target) => new RegExp(pathOf(name)).test(target)));
      return idle.map((name) => `${layer}: ${name}`);
    });
    expect(unused).toEqual([]);
  });
});

describe("a wrong import", () => {
  const scratch = join(root, "build/layers");
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(scratch, path)), { recursive: true });
    writeFileSync(join(scratch, path), text);
  };
  const found = async (files: Record<string, string>): Promise<readonly string[]> => {
    for (const [path, text] of Object.entries(files)) write(path, text);
    return (await imports(scratch, arrows)).violations;
  };
  beforeEach(() => rmSync(scratch, { recursive: true, force: true }));
  afterAll(() => rmSync(scratch, { recursive: true, force: true }));

  it.each([
    'import { gae } from "../rollout/returns.js";',
    'import type { Gae } from "../rollout/returns.js";',
    'export * from "../rollout/returns.js";',
    'export const later = import("../rollout/returns.js");',
    'export type Gae = import("../rollout/returns.js").Gae;',
  ])("against the arrows is caught: %s", async (text) => {
    expect(
      await found({ "src/tensor/x.ts": text, "src/rollout/returns.ts": "export type Gae = 1; export const gae = 1;" }),
    ).toEqual(["tensor: src/tensor/x.ts → src/rollout/returns.ts"]);
  });

  it("of another file than the one that an arrow allows is caught", async () => {
    const files = {
      "src/tabular/x.ts": 'import "../kernels/maths.js"; import "../kernels/heap.js";',
      "src/kernels/maths.ts": "export {};",
      "src/kernels/heap.ts": "export {};",
    };
    expect(await found(files)).toEqual(["tabular: src/tabular/x.ts → src/kernels/heap.ts"]);
  });

  it("that closes a cycle is caught, types included", async () => {
    const files = {
      "src/tensor/a.ts": 'import type { B } from "./b.js"; export type A = B;',
      "src/tensor/b.ts": 'import type { A } from "./a.js"; export type B = A;',
    };
    expect(await found(files)).toEqual(["no cycles: src/tensor/a.ts → src/tensor/b.ts"]);
  });

  it("of Node or of a package is caught in the core, and Node's is allowed to node and cli", async () => {
    const files = {
      "src/tensor/x.ts": 'import "node:fs"; import "fast-check";',
      "src/node/x.ts": 'import "node:fs";',
    };
    const messages = await found(files);
    expect(messages).toHaveLength(2);
    expect(messages.every((message) => message.startsWith("nothing from outside: src/tensor/x.ts → "))).toBe(true);
  });
});

describe("the core", () => {
  it("calls nothing that depends on the engine, the clock or chance", () => {
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

  it("spreads no list into Math.min or Math.max: 120,000 numbers are more arguments than a call can have", () => {
    const spread = sources.flatMap(({ path, tree }) => {
      const lines: string[] = [];
      visit(tree, (node) => {
        if (!ts.isCallExpression(node) || !/^Math\.(min|max)$/.test(node.expression.getText(tree))) return;
        if (node.arguments.some(ts.isSpreadElement)) lines.push(`${path}:${lineOf(tree, node)}`);
      });
      return lines;
    });
    expect(spread).toEqual([]);
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
