/** TypeScript's language service with one file of the user, and the types of Ascent. */

import ts from "typescript";
import type { Completions, Emitted, Problem, Question } from "./compiler-protocol.js";
import { sourceLines } from "./line-map.js";

const FILE = "/own-env.ts";

const OPTIONS: ts.CompilerOptions = {
  strict: true,
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ["lib.es2023.d.ts"],
  types: [],
  skipLibCheck: true,
  isolatedModules: true,
  noEmit: true,
  paths: {
    ascent: ["/ascent/index.d.ts"],
    "ascent/maths": ["/ascent/kernels/maths.d.ts"],
    "ascent/*": ["/ascent/*/index.d.ts"],
  },
};

/** What a worker has, as far as an environment needs it. */
const WORLD = `declare const console: { log(...values: unknown[]): void; warn(...values: unknown[]): void; error(...values: unknown[]): void };
declare function structuredClone<T>(value: T): T;`;

export class CompilerService {
  private code = "";
  private version = 0;
  private readonly service: ts.LanguageService;

  constructor(files: Readonly<Record<string, string>>) {
    const all = new Map([...Object.entries(files), ["/world.d.ts", WORLD]]);
    const read = (path: string): string | undefined => (path === FILE ? this.code : all.get(path));
    const folders = new Set(
      [...all.keys()].flatMap((path) => [...path.matchAll(/\//g)].map(({ index }) => path.slice(0, index))),
    );
    this.service = ts.createLanguageService({
      getCompilationSettings: () => OPTIONS,
      getScriptFileNames: () => ["/world.d.ts", FILE],
      getScriptVersion: (path) => (path === FILE ? String(this.version) : "0"),
      getScriptSnapshot(path) {
        const text = read(path);
        return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
      },
      getCurrentDirectory: () => "/",
      getDefaultLibFileName: () => "/lib/lib.es2023.d.ts",
      fileExists: (path) => read(path) !== undefined,
      readFile: read,
      directoryExists: (path) => folders.has(path),
      getDirectories: () => [],
    });
  }

  answer(question: Question) {
    if (question.code !== this.code) {
      this.code = question.code;
      this.version++;
    }
    switch (question.ask) {
      case "problems":
        return this.problems();
      case "emit":
        return this.emit();
      case "completions":
        return this.completions(question.at);
      case "about":
        return this.about(question.at, question.name);
      case "hover":
        return this.hover(question.at);
    }
  }

  private problems(): Problem[] {
    const { service } = this;
    const syntax = service.getSyntacticDiagnostics(FILE);
    return [...syntax, ...(syntax.length > 0 ? [] : service.getSemanticDiagnostics(FILE))].map(problemOf);
  }

  private emit(): Emitted {
    const { outputText, sourceMapText = "{}" } = ts.transpileModule(this.code, {
      fileName: FILE,
      compilerOptions: { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.CommonJS, sourceMap: true },
    });
    const { mappings = "" } = JSON.parse(sourceMapText) as { mappings?: string };
    return {
      code: outputText.replace(/^\/\/# sourceMappingURL=.*$/m, ""),
      lines: sourceLines(mappings),
      problems: this.service.getSyntacticDiagnostics(FILE).map(problemOf),
    };
  }

  private completions(at: number): Completions | undefined {
    const found = this.service.getCompletionsAtPosition(FILE, at, { includeCompletionsWithInsertText: false });
    if (found === undefined) return undefined;
    const word = /[\w$]*$/.exec(this.code.slice(0, at)) as RegExpExecArray;
    const from = found.optionalReplacementSpan?.start ?? word.index;
    return {
      from: Math.min(from, at),
      entries: found.entries.map(({ name, kind, sortText }) => ({ name, kind, order: sortText })),
    };
  }

  private about(at: number, name: string): string {
    const details = this.service.getCompletionEntryDetails(FILE, at, name, undefined, undefined, undefined, undefined);
    return details === undefined ? "" : told(details);
  }

  private hover(at: number): { from: number; to: number; text: string } | undefined {
    const info = this.service.getQuickInfoAtPosition(FILE, at);
    if (info === undefined) return undefined;
    const { start, length } = info.textSpan;
    return { from: start, to: start + length, text: told(info) };
  }
}

function told({
  displayParts,
  documentation,
}: {
  readonly displayParts?: ts.SymbolDisplayPart[] | undefined;
  readonly documentation?: ts.SymbolDisplayPart[] | undefined;
}): string {
  const texts = [displayParts, documentation].map((parts) => ts.displayPartsToString(parts));
  return texts.filter((text) => text !== "").join("\n\n");
}

function problemOf({ start = 0, length = 0, category, messageText }: ts.Diagnostic): Problem {
  return {
    from: start,
    to: start + length,
    severity: category === ts.DiagnosticCategory.Error ? "error" : "warning",
    message: ts.flattenDiagnosticMessageText(messageText, "\n"),
  };
}
