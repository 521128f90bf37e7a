import { describe, expect, it } from "vitest";
import { trainCommand } from "../../report/train-command.js";
import { box, discrete } from "../../spaces/index.js";
import { registerBuiltIns } from "../../training/built-ins.js";
import { resolveConfig } from "../../training/config.js";
import type { NamedConfig, Update } from "../../training/types.js";
import { diagnose } from "./diagnose.js";

registerBuiltIns();

/** What differs from a run that learns well. */
interface Log {
  readonly returns?: (update: number) => number;
  readonly length?: number;
  readonly diagnostics?: (update: number) => Record<string, number>;
}

const HEALTHY = {
  loss: 0.1,
  gradientNorm: 0.4,
  learningRate: 1e-3,
  entropy: 0.5,
  klK3: 0.004,
  clipFraction: 0.06,
  gradientSteps: 10,
  explainedVariance: 0.9,
};

/** 100 updates of two episodes each. */
function log({ returns = (k) => 20 + k, length = 30, diagnostics = () => ({}) }: Log): Update[] {
  return Array.from({ length: 100 }, (_, i) => {
    const k = i + 1;
    return {
      update: k,
      episodes: 2 * k,
      steps: 100 * k,
      returns: [returns(k), returns(k) + 1],
      lengths: [length, length],
      lastSteps: [100 * k - 50, 100 * k],
      averageReturn: returns(k),
      info: {},
      diagnostics: { ...HEALTHY, entropy: 0.69 - 0.003 * k, ...diagnostics(k) },
    };
  });
}

function found(given: Log, config: NamedConfig = { algorithm: "ppo", env: "CartPole-v1", steps: 10_000 }) {
  const facts = { config: resolveConfig(config), updates: log(given), actionSpace: discrete(2), rewardThreshold: 475 };
  return diagnose(facts);
}
const codes = (given: Log, config?: NamedConfig): string[] => found(given, config).map(({ code }) => code);

const FLAT = (): number => 20;

describe("diagnose", () => {
  it("finds nothing in a run that learns, nor in one without updates", () => {
    expect(codes({})).toEqual([]);
    const facts = { config: resolveConfig({}), actionSpace: discrete(2), updates: [] };
    expect(diagnose(facts)).toEqual([]);
  });

  it.each<[string, Log]>([
    ["gradient-zero", { diagnostics: () => ({ gradientNorm: 0 }) }],
    ["gradient-often-zero", { diagnostics: (k) => ({ gradientNorm: k % 10 < 6 ? 0 : 0.4 }) }],
    ["gradient-exploding", { diagnostics: (k) => ({ gradientNorm: k < 50 ? 0.4 : 400 }) }],
    ["gradient-vanishing", { diagnostics: (k) => ({ gradientNorm: k < 50 ? 0.4 : 1e-6 }) }],
    ["entropy-stuck", { returns: (k) => 20 + (k % 7), diagnostics: () => ({ entropy: 0.69 }) }],
    ["entropy-gone", { diagnostics: (k) => ({ entropy: k < 50 ? 0.69 : 0.01 }) }],
    ["values-not-learned", { returns: (k) => 20 + (k % 7), diagnostics: () => ({ explainedVariance: 0.01 }) }],
    ["rewards-unscaled", { returns: (k) => -3000 + (k % 7) }],
    ["kl-large", { diagnostics: (k) => ({ klK3: k < 50 ? 0.004 : 0.2 }) }],
    ["kl-small", { diagnostics: () => ({ klK3: 1e-6 }) }],
    ["clip-fraction-large", { diagnostics: () => ({ clipFraction: 0.7 }) }],
    ["ratio-not-one", { diagnostics: (k) => ({ gradientSteps: k === 7 ? 1 : 10, klK3: 0.004 }) }],
    ["learning-rate-high", { returns: (k) => 20 + (k % 7), diagnostics: () => ({ learningRate: 0.1 }) }],
    ["learning-rate-low", { returns: (k) => 20 + (k % 7), diagnostics: () => ({ learningRate: 1e-6 }) }],
    ["time-limit", { returns: (k) => 20 + (k % 7), length: 500 }],
    ["best-policy-past", { returns: (k) => (k > 20 && k < 40 ? 300 : 20) }],
  ])("names %s, and nothing else", (code, given) => {
    expect(codes(given)).toEqual([code]);
  });

  it("names a collapse, and not what follows from it: no entropy, and nothing for V to explain", () => {
    const given = {
      returns: FLAT,
      diagnostics: (k: number) => ({ entropy: k < 20 ? 0.69 : 1e-4, explainedVariance: 0 }),
    };
    expect(codes(given)).toEqual(["collapsed"]);
  });

  it("says of equal returns whether the time limit cut them all", () => {
    const equal = { returns: () => 19.5, diagnostics: () => ({}) };
    const same = (length: number) =>
      diagnose({
        config: resolveConfig({ algorithm: "ppo", steps: 10_000 }),
        actionSpace: discrete(2),
        updates: log({ ...equal, length }).map((update) => ({ ...update, returns: [20, 20] })),
      });
    expect(same(30)).toMatchObject([{ code: "returns-equal", severity: "error", seen: "all 200 episodes earned 20" }]);
    const [cut] = same(500);
    expect(cut.seen).toBe("all 200 episodes earned 20, each cut at the limit of 500 steps");
    expect(cut.tryNext).toContain("--env.max-episode-steps 2000");
  });

  it("names noise of continuous actions that grows", () => {
    const config = resolveConfig({ algorithm: "ppo", env: "Pendulum-v1", steps: 10_000 });
    const updates = log({ diagnostics: (k) => ({ entropy: 1.4 + 0.02 * k }) });
    const actionSpace = box({ low: -2, high: 2, shape: [1] });
    expect(diagnose({ config, updates, actionSpace }).map(({ code }) => code)).toEqual(["entropy-growing"]);
  });

  it("knows the settings that erase advantages, in the algorithm's own words", () => {
    const options = { returns: "whole-episode", baseline: "none", normalise: "episode" };
    const [finding] = found({}, { algorithm: "reinforce", episodes: 200, options });
    expect(finding).toMatchObject({ code: "advantages-erased", severity: "warning" });
    expect(finding.why).toContain("All steps of an episode have the same whole-episode return");
    expect(finding.tryNext).toBe(
      "npx ascent train reinforce CartPole-v1 --seed 0 --episodes 200 --baseline leave-one-out --normalise batch --episodes-per-update 8",
    );
  });

  it("takes cut episodes for dead ones where no value network follows them", () => {
    const options = { baseline: "none" };
    const config = { algorithm: "reinforce", episodes: 200, options };
    const [finding] = found({ returns: (k) => 20 + (k % 7), length: 500 }, config);
    expect(finding).toMatchObject({ code: "time-limit", severity: "warning" });
    expect(finding.tryNext).toBe("npx ascent train reinforce CartPole-v1 --seed 0 --episodes 200");
  });

  it("gives the place of the figure, and a command with a smaller learning rate", () => {
    const [finding] = found({ diagnostics: (k) => ({ klK3: k === 30 ? 5 : 0.004 }) });
    expect(finding).toMatchObject({ code: "kl-large", severity: "error", seen: "klK3 5 at update 30 (episode 60)" });
    expect(finding.tryNext).toBe(
      "npx ascent train ppo CartPole-v1 --seed 0 --steps 10000 --target-kl 0.02 --learning-rate 0.00067",
    );
  });

  it("gives the settings of that command to programs: none that the algorithm lacks or that is so already", () => {
    const [{ settings, tryNext }] = found({ diagnostics: (k) => ({ klK3: k === 30 ? 5 : 0.004 }) });
    expect(settings).toEqual({ options: { targetKl: 0.02, learningRate: 0.00067 }, envOptions: {} });
    const config = resolveConfig({ algorithm: "ppo", env: "CartPole-v1", steps: 10_000, options: settings?.options });
    const rest = { imports: [], from: null, until: null, logs: [], evaluation: null };
    expect(tryNext).toBe(trainCommand({ config, ...rest }));
    const flat: Log = { returns: (k) => -3000 + (k % 7) };
    expect(found(flat)[0].settings).toEqual({ options: { scaleRewards: true }, envOptions: {} });
    const a2c = { algorithm: "a2c", env: "CartPole-v1", steps: 10_000 };
    const [noClipping] = found({ diagnostics: () => ({ klK3: 0.2 }) }, a2c);
    expect(Object.keys(noClipping.settings?.options ?? {})).toEqual(["learningRate"]);
    const [limit] = found({ returns: (k) => 20 + (k % 7), length: 500 });
    expect(limit.settings).toEqual({ options: {}, envOptions: { maxEpisodeSteps: 1000 } });
    const [vanishing] = found(
      { diagnostics: (k) => ({ gradientNorm: k < 50 ? 0.4 : 1e-6 }) },
      {
        ...a2c,
        options: { activation: "tanh", init: "orthogonal", normaliseObservations: true },
      },
    );
    expect([vanishing.code, vanishing.settings]).toEqual(["gradient-vanishing", undefined]);
  });

  it("gives the settings for a program where the run has no command", () => {
    const config = { ...resolveConfig({ algorithm: "ppo", steps: 10_000 }), env: null };
    const updates = log({ diagnostics: () => ({ clipFraction: 0.7 }) });
    const [finding] = diagnose({ config, updates, actionSpace: discrete(2) });
    expect(finding.tryNext).toBe("train({ …, options: { learningRate: 0.00067 } })");
  });

  it("puts errors first", () => {
    const given = { diagnostics: () => ({ clipFraction: 0.7, klK3: 3 }) };
    expect(found(given).map(({ severity }) => severity)).toEqual(["error", "warning"]);
  });
});
