/** The completions of an editor for configs, from TypeScript's language service. */

import { join } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { root } from "./root.js";

/** What is typed, with `|` where completions are asked for. All in one file, so that its types are found once. */
const typed = {
  algorithm: 'train({ algorithm: "|" });',
  env: 'train({ env: "|" });',
  made: 'make("|");',
  preset: 'train({ algorithm: "ppo", preset: "|" });',
  options: 'train({ algorithm: "ppo", options: { | } });',
  envOptions: 'train({ env: "Pendulum-v1", envOptions: { | } });',
};
const head = 'import { train } from "../src/training/train.js";\nimport { make } from "../src/envs/index.js";\n';
const marked = head + Object.values(typed).join("\n");
const text = marked.replaceAll("|", "");

const path = join(root, "test/typed-by-hand.ts");
const { compilerOptions } = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile).config;
const { options } = ts.convertCompilerOptionsFromJson(compilerOptions, root);
const service = ts.createLanguageService({
  // Of the types that a page and Node have, configs use none.
  getCompilationSettings: () => ({ ...options, lib: ["lib.es2023.d.ts"], types: [] }),
  getScriptFileNames: () => [path],
  getScriptVersion: () => "0",
  getScriptSnapshot(name) {
    const content = name === path ? text : ts.sys.readFile(name);
    return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content);
  },
  getCurrentDirectory: () => root,
  getDefaultLibFileName: ts.getDefaultLibFilePath,
  fileExists: (name) => name === path || ts.sys.fileExists(name),
  readFile: ts.sys.readFile,
  directoryExists: ts.sys.directoryExists,
});

/** The completions at the mark of what is typed. */
function offered(what: keyof typeof typed): string[] {
  const before = marked.slice(0, marked.indexOf(typed[what]) + typed[what].indexOf("|"));
  const found = service.getCompletionsAtPosition(path, before.replaceAll("|", "").length, {});
  return (found?.entries ?? []).map(({ name }) => name);
}

describe("an editor offers", () => {
  it("the names of algorithms, environments and presets", () => {
    expect(offered("algorithm")).toEqual(expect.arrayContaining(["reinforce", "actor-critic", "a2c", "vpg", "ppo"]));
    expect(offered("env")).toEqual(expect.arrayContaining(["CartPole-v1", "LunarLander-v3"]));
    expect(offered("made")).toEqual(expect.arrayContaining(["CartPole-v1", "Blackjack-v1"]));
    const presets = offered("preset");
    expect(presets).toEqual(expect.arrayContaining(["default", "zoo", "cleanrl"]));
    expect(presets).not.toContain("lecture");
  });
  it("the options of the algorithm and the environment that were named, and no others", () => {
    const ppo = offered("options");
    expect(ppo).toEqual(expect.arrayContaining(["clipRange", "learningRate", "hidden"]));
    expect(ppo).not.toContain("baseline");
    expect(offered("envOptions").sort()).toEqual(["g", "maxEpisodeSteps"]);
  });
});
