/** Policies of Stable-Baselines3: the zip that `model.save(path)` writes for PPO and A2C with `MlpPolicy`. */

import { ConfigError } from "../../errors.js";
import { CorruptFileError, type NamedArray } from "../../formats/safetensors.js";
import type { PolicyArchitecture } from "../../policies/architecture.js";
import { describeSpace, flatSize, type Space } from "../../spaces/index.js";
import type { Activation } from "../../tensor/index.js";
import { encodeCheckpoint } from "../../training/checkpoint.js";
import { gymnasiumSpace } from "./gymnasium-space.js";
import { type ModelData, readModelData } from "./model-data.js";
import { readPickle } from "./pickle.js";
import { readStateDict } from "./state-dict.js";
import { readVecNormalize } from "./vec-normalize.js";
import { readZip } from "./zip.js";

/** What a zip of Stable-Baselines3 does not contain. */
export interface StableBaselines3Options {
  /** The bytes of the file that `VecNormalize.save` wrote, for a policy that was trained with it. */
  readonly vecNormalize?: Uint8Array | undefined;
  /** The id of the environment. Default: none, which means one that its user makes. */
  readonly env?: string | undefined;
}

type Arrays = [name: string, array: NamedArray][];

/**
 * Converts a policy of Stable-Baselines3, and its value function, to bytes for `loadPolicy` and `train({ from })`.
 * Nothing in the file is run. Actions are clipped to their bounds, not scaled, as there.
 *
 * @throws CorruptFileError if this is no such zip, or a part of it is damaged
 * @throws ConfigError for another algorithm or policy, and for a network that Ascent has no layers for
 */
export function fromStableBaselines3(zip: Uint8Array, { vecNormalize, env }: StableBaselines3Options = {}): Uint8Array {
  const archive = readZip(zip);
  if (!archive.names.includes("policy.pth") || !archive.names.includes("data"))
    throw new CorruptFileError("this is not a model of Stable-Baselines3: it lacks data or policy.pth");
  const model = readModelData(archive.read("data"));
  const observationSpace = gymnasiumSpace("observation space", readPickle(model.observationSpace));
  const actionSpace = gymnasiumSpace("action space", readPickle(model.actionSpace));
  const state = readStateDict(archive.read("policy.pth"));
  const inputs = flatSize(observationSpace);
  const policy = network(state, "policy_net", "action_net", "policy", inputs);
  const value = network(state, "value_net", "value_net", "value", inputs);
  const logStd = actionSpace.kind === "box" ? logStdOf(state) : [];
  requireNothingLeft(state);
  const moments = vecNormalize === undefined ? undefined : readVecNormalize(vecNormalize);
  if (moments !== undefined && (observationSpace.kind !== "box" || moments.mean.length !== inputs))
    throw new ConfigError({
      field: "vecNormalize",
      given: `${moments.mean.length} means`,
      allowed: `${inputs}, one for each element of ${observationSpace}`,
    });
  const normaliser: Arrays =
    moments === undefined
      ? []
      : [
          ["normaliser.mean", vector(moments.mean)],
          ["normaliser.variance", vector(moments.variance)],
          ["normaliser.count", vector(Float64Array.of(moments.count))],
        ];
  return encodeCheckpoint({
    kind: "learner",
    config: configOf(model, env, moments !== undefined),
    policy: architecture(observationSpace, actionSpace, policy, model.activation, moments !== undefined),
    state: null,
    arrays: new Map([...policy, ...logStd, ...value, ...normaliser]),
  });
}

/** The layers `mlp_extractor.<inner>.0, 2, 4, …` and `<last>`, under Ascent's names. Takes them out of the state dict. */
function network(state: Map<string, NamedArray>, inner: string, last: string, name: string, inputs: number): Arrays {
  const names: string[] = [];
  for (let i = 0; state.has(`mlp_extractor.${inner}.${2 * i}.weight`); i++)
    names.push(`mlp_extractor.${inner}.${2 * i}`);
  names.push(last);
  let width = inputs;
  return names.flatMap((layer, i): Arrays => {
    const weight = taken(state, `${layer}.weight`);
    const bias = taken(state, `${layer}.bias`);
    const [outputs] = bias.shape;
    if (weight.shape.join() !== [outputs, width].join())
      throw new CorruptFileError(`${layer}.weight is [${weight.shape.join(", ")}], not [${outputs}, ${width}]`);
    const transposed = { shape: [width, outputs], values: transpose(weight.values, outputs, width) };
    width = outputs;
    return [
      [`weights.${name}.${i}.weights`, transposed],
      [`weights.${name}.${i}.bias`, bias],
    ];
  });
}

/** PyTorch's weights are [outputs, inputs], Ascent's are [inputs, outputs]. */
function transpose(values: NamedArray["values"], rows: number, columns: number): Float32Array {
  return Float32Array.from(values, (_, k) => values[(k % rows) * columns + Math.floor(k / rows)]);
}

function logStdOf(state: Map<string, NamedArray>): Arrays {
  return [["weights.policy.logStd", taken(state, "log_std")]];
}

function taken(state: Map<string, NamedArray>, name: string): NamedArray {
  const array = state.get(name);
  if (array === undefined) throw new CorruptFileError(`policy.pth lacks ${name}: is this a PPO or A2C with MlpPolicy?`);
  state.delete(name);
  return array;
}

/** Weights that were not used mean that the policy computes something else. */
function requireNothingLeft(state: ReadonlyMap<string, NamedArray>): void {
  const [left] = state.keys();
  if (left === undefined) return;
  const allowed = "the layers of an MlpPolicy: mlp_extractor, action_net, value_net and log_std";
  throw new ConfigError({ field: "policy.pth", given: left, allowed });
}

function architecture(
  observationSpace: Space<unknown>,
  actionSpace: Space<unknown>,
  network: Arrays,
  activation: Activation,
  normaliseObservations: boolean,
): PolicyArchitecture {
  const biases = network.filter(([name]) => name.endsWith(".bias"));
  return {
    observationSpace: describeSpace(observationSpace),
    actionSpace: describeSpace(actionSpace),
    normaliseObservations,
    memory: 0,
    layers: biases.map(([, { shape }], i) => ({
      outputs: shape[0],
      activation: i === biases.length - 1 ? "none" : activation,
      names: [`policy.${i}.weights`, `policy.${i}.bias`],
    })),
    head: { continuous: "gaussian", noiseSteps: 0, scaleActions: false },
  };
}

/** The settings that the bytes of a run have. Those of an imported policy say where it comes from. */
function configOf(
  { algorithm, steps, activation }: ModelData,
  env: string | undefined,
  normaliseObservations: boolean,
) {
  return {
    algorithm,
    env: env ?? null,
    envOptions: {},
    preset: "default",
    seed: "0",
    episodes: null,
    steps,
    stopWhenSolved: false,
    options: { activation, normaliseObservations, scaleActions: false },
    from: null,
    ownFeatures: false,
  };
}

function vector(values: Float64Array): NamedArray {
  return { shape: [values.length], values };
}
