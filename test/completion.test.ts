/** The completions of an editor for configs, from TypeScript's language service. */

import { join } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { root } from "./root.js";

const path = join(root, "test/typed-by-hand.ts");
const config = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile).config;
const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
let text = "";
let version = 0;
const service = ts.createLanguageService({
  getCompilationSettings: () => options,
  getScriptFileNames: () => [path],
  getScriptVersion: (name) => (name === path ? String(version) : "0"),
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

/** The completions at the position of `|`. */
function offered(typed: string): string[] {
  const head = 'import { train } from "../src/training/train.js";\nimport { make } from "../src/envs/index.js";\n';
  text = head + typed.replace("|", "");
  version++;
  const found = service.getCompletionsAtPosition(path, head.length + typed.indexOf("|"), {});
  return (found?.entries ?? []).map(({ name }) => name);
}

describe("an editor offers", () => {
  it("the names of algorithms, environments and presets", () => {
    expect(offered('train({ algorithm: "|" });')).toEqual(
      expect.arrayContaining(["reinforce", "actor-critic", "a2c", "vpg", "ppo"]),
    );
    expect(offered('train({ env: "|" });')).toEqual(expect.arrayContaining(["CartPole-v1", "LunarLander-v3"]));
    expect(offered('make("|");')).toEqual(expect.arrayContaining(["CartPole-v1", "Blackjack-v1"]));
    const presets = offered('train({ algorithm: "ppo", preset: "|" });');
    expect(presets).toEqual(expect.arrayContaining(["default", "zoo", "cleanrl"]));
    expect(presets).not.toContain("lecture");
  });
  it("the options of the algorithm and the environment that were named, and no others", () => {
    const ppo = offered('train({ algorithm: "ppo", options: { | } });');
    expect(ppo).toEqual(expect.arrayContaining(["clipRange", "learningRate", "hidden"]));
    expect(ppo).not.toContain("baseline");
    expect(offered('train({ env: "Pendulum-v1", envOptions: { | } });').sort()).toEqual(["g", "maxEpisodeSteps"]);
  });
});
