import { describe, expect, it } from "vitest";
import { resolveConfig } from "../training/config.js";
import { trainNamed } from "../training/train.js";
import type { NamedConfig } from "../training/types.js";
import { configDigest, linkOf, readLink } from "./link.js";

/** The settings without their digest. */
const text = (config: NamedConfig): string => linkOf(trainNamed(config).config).replace(/&config=\w+$/, "");

describe("a link", () => {
  it("holds what differs from the preset, and the digest of all settings", () => {
    expect(text({})).toBe("algorithm=reinforce&env=CartPole-v1&seed=0");
    const config: NamedConfig = {
      algorithm: "ppo",
      env: "Pendulum-v1",
      preset: "zoo",
      seed: 2n ** 100n,
      steps: 500,
      options: { learningRate: 1e-5, hidden: [64, 32] },
      envOptions: { g: 9.81 },
    };
    expect(text(config)).toBe(
      "algorithm=ppo&env=Pendulum-v1&preset=zoo&seed=1267650600228229401496703205376&steps=500&learningRate=0.00001&hidden=64,32&env.g=9.81",
    );
    expect(linkOf(trainNamed({}).config)).toMatch(/&config=[0-9a-f]{16}$/);
  });

  it.each<NamedConfig>([
    {},
    { algorithm: "ppo", env: "LunarLander-v3", preset: "zoo", seed: 7 },
    { env: "FrozenLake-v1", envOptions: { isSlippery: false }, episodes: 30, stopWhenSolved: false },
    { algorithm: "a2c", options: { hidden: [], activation: "relu" }, episodes: 5, steps: 900 },
  ])("gives the same settings back: %o", (given) => {
    const { config } = trainNamed(given);
    const { config: again, digest, same } = readLink(`#${linkOf(config)}`);
    expect(trainNamed(again).config).toEqual(config);
    expect([digest, same]).toEqual([configDigest(config), true]);
  });

  it("trains to the same bits", () => {
    const sent = trainNamed({ algorithm: "ppo", seed: 5, steps: 600, options: { gamma: 0.9 } });
    const opened = trainNamed(readLink(linkOf(sent.config)).config);
    for (const run of [sent, opened]) for (const _ of run);
    expect(opened.result()).toEqual(sent.result());
  });

  it("may be written by hand", () => {
    expect(readLink("learningRate=1e-2&seed=1")).toMatchObject({ digest: undefined, same: true });
    expect(resolveConfig(readLink("").config)).toEqual(resolveConfig({}));
  });

  it("says when its settings have changed since it was made", () => {
    expect(readLink("seed=1&config=0123456789abcdef").same).toBe(false);
  });

  it.each([
    ["learningrate=1", 'learningrate: got "1", allowed is only algorithm, env, preset, seed, episodes'],
    ["learningRate=fast", 'options.learningRate: got "fast", allowed is a number'],
    ["gamma=0.9&gamma=0.8", 'gamma: got "0.8", allowed is one value: the link has it twice'],
    ["env=CartPole", 'env: got "CartPole"'],
    ["env.gravity=9", 'env.gravity: got "9"'],
    ["algorithm=pp0", 'algorithm: got "pp0"'],
  ])("is refused with the setting's name: %s", (link, message) => {
    expect(() => readLink(link)).toThrow(message);
  });

  it("is not made of a run that has more than settings", () => {
    const { config } = trainNamed({});
    expect(() => linkOf({ ...config, env: null })).toThrow("a link holds names, no code");
    expect(() => linkOf({ ...config, from: "ab" })).toThrow("no weights");
    expect(() => linkOf({ ...config, ownFeatures: true })).toThrow("features");
  });
});
