import ts from "typescript";
import { expect, it } from "vitest";
import { sourceLines } from "./line-map.js";

it("finds the line of the source for each line of the emitted code", () => {
  const source = [
    'import { box } from "ascent/spaces";',
    "",
    "interface Place {",
    "  x: number;",
    "}",
    "",
    "export function walk(place: Place): number {",
    "  type Local = number;",
    "  const next: Local = place.x + 1;",
    '  if (next > 3) throw new Error("marked");',
    "  return next + box.length;",
    "}",
  ];
  const { outputText, sourceMapText = "" } = ts.transpileModule(source.join("\n"), {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2023, sourceMap: true },
  });
  const lines = sourceLines((JSON.parse(sourceMapText) as { mappings: string }).mappings);
  const emitted = outputText.split("\n");
  for (const mark of ["marked", "const next", "return next"]) {
    const line = emitted.findIndex((text) => text.includes(mark));
    expect(lines[line]).toBe(source.findIndex((text) => text.includes(mark)) + 1);
  }
  expect(lines[0]).toBe(0);
});
