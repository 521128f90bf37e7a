import { describe, expect, it } from "vitest";
import { make } from "../../envs/registry.js";
import { gruPolicy, mlpPolicy } from "../../policies/mlp-policy.js";
import type { Policy } from "../../policies/policy.js";
import type { Rows } from "../../policies/rows.js";
import { defaultRng } from "../../random/index.js";
import type { Tensor } from "../../tensor/index.js";
import { train } from "../../training/train.js";
import { examine } from "./examine.js";
import { unitsOf } from "./units.js";

const few = { episodes: 3, maxSteps: 200 };

function policyFor(id: "CartPole-v1" | "Pendulum-v1", activation: "tanh" | "relu" = "tanh"): Policy {
  const { observationSpace, actionSpace } = make(id);
  return mlpPolicy({ observationSpace, actionSpace, hidden: [8, 8], activation, rng: defaultRng(0) });
}

/** Overwrites the weights and biases of a hidden layer. */
function setLayer(policy: Policy, layer: number, weight: number, bias: number): void {
  const { weights, bias: biases } = policy.network.describe!()[layer];
  weights.set(new Float32Array(weights.size).fill(weight));
  biases.set(new Float32Array(biases.size).fill(bias));
}

describe("examine", () => {
  it("finds nothing in a fresh policy, and measures it", () => {
    const { findings, observations, normalised, atBounds, layers, drawn } = examine(
      policyFor("CartPole-v1"),
      make("CartPole-v1"),
      few,
    );
    expect(findings).toEqual([]);
    expect(drawn.returns).toHaveLength(3);
    expect(observations).toHaveLength(4);
    expect(normalised).toBe(false);
    expect(atBounds).toBeUndefined();
    expect(layers).toEqual([
      { layer: 1, activation: "tanh", units: 8, dead: 0, saturated: 0 },
      { layer: 2, activation: "tanh", units: 8, dead: 0, saturated: 0 },
    ]);
  });

  it("counts dead units, and a dead layer is an error", () => {
    const policy = policyFor("CartPole-v1", "relu");
    setLayer(policy, 0, 0, -1);
    const { layers, findings } = examine(policy, make("CartPole-v1"), few);
    expect(layers[0]).toMatchObject({ units: 8, dead: 8 });
    expect(findings[0]).toMatchObject({
      code: "units-dead",
      severity: "error",
      seen: "8 of 8 units of hidden layer 1 (relu) give the same for every observation",
    });
  });

  it("counts saturated units of tanh", () => {
    const policy = policyFor("CartPole-v1");
    setLayer(policy, 0, 0.1, 3);
    const { layers, findings } = examine(policy, make("CartPole-v1"), few);
    expect(layers[0]).toMatchObject({ dead: 0, saturated: 8 });
    expect(findings[0]).toMatchObject({ code: "units-saturated", severity: "warning" });
  });

  it("examines the memory of a policy, and the layers behind it", () => {
    const { observationSpace, actionSpace } = make("CartPole-v1");
    const rng = defaultRng(0);
    const policy = gruPolicy({ observationSpace, actionSpace, memory: 6, hidden: [8], activation: "tanh", rng });
    const seen = () => examine(policy, make("CartPole-v1"), few);
    expect(seen().findings).toEqual([]);
    expect(seen().layers).toEqual([
      { layer: 0, activation: "tanh", units: 6, dead: 0, saturated: 0 },
      { layer: 1, activation: "tanh", units: 8, dead: 0, saturated: 0 },
    ]);
    // With z near 0, the memory is about tanh 4 from the first step on.
    const { input, inputBias, hidden } = policy.memory!.describe!().weights;
    input.set(new Float32Array(4 * 18).fill(0.1));
    hidden.set(new Float32Array(6 * 18));
    inputBias.set(Float32Array.from({ length: 18 }, (_, k) => (k < 6 ? 0 : k < 12 ? -20 : 4)));
    const { layers, findings } = seen();
    expect(layers[0]).toMatchObject({ dead: 0, saturated: 6 });
    expect(findings[0]).toMatchObject({
      code: "units-saturated",
      seen: "6 of 6 units of the memory are beyond ± 0.99 for nearly every observation",
    });
  });

  it("begins each episode with an empty memory", () => {
    const { observationSpace, actionSpace } = make("CartPole-v1");
    const rng = defaultRng(0);
    const policy = gruPolicy({ observationSpace, actionSpace, memory: 2, hidden: [4], activation: "tanh", rng });
    const rows = Float32Array.from({ length: 12 }, (_, k) => k / 10);
    const unrolled: number[][] = [];
    const networkInputs = (given: Rows): Tensor => {
      const inputs = policy.networkInputs(given);
      unrolled.push([...inputs.toArray()]);
      return inputs;
    };
    unitsOf({ ...policy, networkInputs }, rows, Uint8Array.of(1, 0, 1));
    unitsOf({ ...policy, networkInputs }, rows.slice(8), Uint8Array.of(1));
    expect(unrolled[0].slice(4)).toEqual(unrolled[1]);
  });

  it("sees actions at their bounds, and gives the command of the run with other settings", () => {
    const policy = policyFor("Pendulum-v1");
    setLayer(policy, 2, 0, 50);
    const { config } = train({ algorithm: "ppo", env: "Pendulum-v1", steps: 1000 });
    const { atBounds, findings } = examine(policy, make("Pendulum-v1"), { ...few, config });
    expect(atBounds).toBe(1);
    expect(findings[0]).toMatchObject({
      code: "actions-at-bounds",
      seen: "100 % of the actions' numbers lie at a bound",
    });
    expect(findings[0].tryNext).toMatch(/^npx ascent train ppo Pendulum-v1 .*--continuous squashed-gaussian/);
  });

  it("sees numbers of very different size, unless the policy normalises them", () => {
    const env = make("CartPole-v1");
    const step = env.step.bind(env);
    env.step = (action) => {
      const result = step(action);
      return { ...result, observation: result.observation.map((x, i) => (i === 0 ? 1e4 * x : x)) };
    };
    const { observationSpace, actionSpace } = env;
    const rest = { observationSpace, actionSpace, hidden: [8], activation: "tanh" as const, rng: defaultRng(0) };
    expect(examine(mlpPolicy(rest), env, few).findings.map(({ code }) => code)).toContain("observations-unscaled");
    const scaled = mlpPolicy({ ...rest, normaliseObservations: true });
    expect(examine(scaled, env, few).findings.map(({ code }) => code)).not.toContain("observations-unscaled");
  });

  it("compares drawn with likeliest actions", () => {
    // Always pushing left loses the pole at once; drawn actions push to both sides.
    const policy = policyFor("CartPole-v1");
    setLayer(policy, 2, 0, 0);
    const { findings, drawn, deterministic } = examine(policy, make("CartPole-v1"), { episodes: 30 });
    expect(drawn.mean).toBeGreaterThan(2 * deterministic.mean);
    expect(findings).toMatchObject([{ code: "deterministic-worse", severity: "warning" }]);
  });
});
