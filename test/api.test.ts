import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { root } from "./root.js";

const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  exports: Record<string, { types: string; default: string } | string>;
};

/** `ascent/tensor` and the source it is compiled from. */
const entryPoints = Object.entries(manifest.exports).flatMap(([subpath, target]) =>
  typeof target === "string"
    ? []
    : [
        {
          name: `ascent${subpath.slice(1)}`,
          source: join(root, target.default.replace("./dist/", "src/").replace(/\.js$/, ".ts")),
          target,
        },
      ],
);

const { options } = ts.convertCompilerOptionsFromJson(
  ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile).config.compilerOptions,
  root,
);
// Names and docstrings are all that is read here: the types of JavaScript and of Node would be a third of the work.
const program = ts.createProgram(
  entryPoints.map(({ source }) => source),
  { ...options, noLib: true, types: [] },
);
const checker = program.getTypeChecker();

interface PublicName {
  readonly name: string;
  readonly symbol: ts.Symbol;
  /** Whether the name is only a type. */
  readonly isType: boolean;
}

function publicNames(source: string): PublicName[] {
  const file = program.getSourceFile(source) as ts.SourceFile;
  const module = checker.getSymbolAtLocation(file) as ts.Symbol;
  const names = checker.getExportsOfModule(module).map((exported) => {
    const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
    return { name: exported.name, symbol, isType: (symbol.flags & ts.SymbolFlags.Value) === 0 };
  });
  return names.sort((a, b) => (a.name < b.name ? -1 : 1));
}

const present = entryPoints.filter(({ source }) => existsSync(source));

describe("the public names", () => {
  it("have a source behind every entry point of package.json", () => {
    expect(present).toEqual(entryPoints);
    for (const { target } of entryPoints) expect(target.types).toBe(target.default.replace(/\.js$/, ".d.ts"));
  });

  it("are all in the pages that typedoc makes", () => {
    const { entryPoints: described } = JSON.parse(readFileSync(join(root, "typedoc.json"), "utf8"));
    expect(entryPoints.map(({ source }) => source).sort()).toEqual(
      described.map((path: string) => join(root, path)).sort(),
    );
  });

  it("are the ones written down in test/api.txt: an addition is a decision", async () => {
    const page = present.map(({ name, source }) => {
      const lines = publicNames(source).map((found) => `  ${found.isType ? "type " : ""}${found.name}`);
      return [name, ...lines].join("\n");
    });
    await expect(`${page.join("\n\n")}\n`).toMatchFileSnapshot("api.txt");
  });

  it("are at most 28 at the front door", () => {
    expect(publicNames(entryPoints[0].source).length).toBeLessThanOrEqual(28);
  });

  it("each carry a docstring, however short", () => {
    const silent = present.flatMap(({ name, source }) =>
      publicNames(source)
        .filter(({ symbol }) => !isDescribed(symbol))
        .map((found) => `${name} ${found.name}`),
    );
    expect([...new Set(silent)]).toEqual([]);
  });
});

function isDescribed(symbol: ts.Symbol): boolean {
  return ts.displayPartsToString(symbol.getDocumentationComment(checker)).trim() !== "";
}
