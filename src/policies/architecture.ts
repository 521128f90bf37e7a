/**
 * A policy as plain data, weights aside, and back. A checkpoint holds it, so that a policy can be loaded to act where neither its
 * algorithm nor its environment is at hand.
 */

import type { Generator } from "../random/generator.js";
import { describeSpace, flatSize, type SpaceDescription, spaceFrom } from "../spaces/index.js";
import { type Activation, type Layer, parameter, type Tensor, zeros } from "../tensor/index.js";
import { gruMemory } from "./gru-memory.js";
import { type HeadOptions, headFor } from "./heads/head-for.js";
import { mlpNetwork } from "./mlp-network.js";
import type { Policy } from "./policy.js";
import { policyOf } from "./policy-of.js";

/** What a policy is built from. */
export interface PolicyArchitecture {
  readonly observationSpace: SpaceDescription;
  readonly actionSpace: SpaceDescription;
  readonly normaliseObservations: boolean;
  /** Numbers of a gated recurrent unit; 0: no memory. */
  readonly memory: number;
  readonly layers: readonly LayerArchitecture[];
  readonly head: Required<Omit<HeadOptions, "logStd">>;
}

interface LayerArchitecture {
  readonly outputs: number;
  readonly activation: Activation;
  /** Names of the weights and the bias. */
  readonly names: readonly [weights: string, bias: string];
}

/** The architecture of a policy; null where a part of it has no description. */
export function architectureOf(policy: Policy): PolicyArchitecture | null {
  const described = policy.describe();
  if (described === undefined) return null;
  const { observationSpace, actionSpace, normaliser, memory, layers, head } = described;
  const { kind } = head;
  const continuous = kind === "squashed-gaussian" || kind === "state-dependent" ? kind : "gaussian";
  const mapped = "reach" in head && (head.reach.some((reach) => reach !== 1) || head.middle.some((m) => m !== 0));
  return {
    observationSpace: describeSpace(observationSpace),
    actionSpace: describeSpace(actionSpace),
    normaliseObservations: normaliser !== undefined,
    memory: memory?.weights.hidden.shape[0] ?? 0,
    layers: layers.map(({ weights, bias, activation }) => ({
      outputs: bias.size,
      activation,
      names: [weights.name ?? "", bias.name ?? ""],
    })),
    head: { continuous, noiseSteps: kind === "state-dependent" ? head.noiseSteps : 0, scaleActions: mapped },
  };
}

/**
 * The policy of an architecture, with weights still to be written. Its own random numbers are those of a policy made with `rng`.
 *
 * @throws ConfigError @throws RangeError where it describes no policy, or one of more than `room` weights
 */
export function policyFrom(architecture: PolicyArchitecture, rng: Generator, room: number): Policy {
  const { normaliseObservations, memory: size } = architecture;
  const observationSpace = spaceFrom(architecture.observationSpace);
  const actionSpace = spaceFrom(architecture.actionSpace);
  const features = flatSize(observationSpace);
  requireRoom(architecture, features, room);
  const memory = size > 0 ? gruMemory({ inputs: features, size, rng }) : undefined;
  let inputs = size > 0 ? size : features;
  const layers = architecture.layers.map(({ outputs, activation, names }): Layer => {
    const layer = {
      weights: named(zeros([inputs, outputs]), names[0]),
      bias: named(zeros([outputs]), names[1]),
      activation,
    };
    inputs = outputs;
    return layer;
  });
  const network = mlpNetwork(layers);
  const head = headFor(actionSpace, architecture.head, network.latentSize);
  if (head.outputs !== network.outputs) throw new RangeError(`${network.outputs} outputs do not fit ${actionSpace}`);
  const own = rng.spawn(1)[0];
  return policyOf({ observationSpace, actionSpace, network, head, memory, normaliseObservations, rng: own });
}

function named(value: Tensor, name: string): Tensor {
  return parameter(value, name);
}

/** Refuses sizes that the weights at hand can't fill, before anything as large as they say is made. */
function requireRoom({ layers, memory }: PolicyArchitecture, features: number, room: number): void {
  const sizes = [features, memory, ...layers.map(({ outputs }) => outputs)];
  if (layers.length === 0 || !sizes.every((size) => Number.isSafeInteger(size) && size >= 0))
    throw new RangeError(`layers of ${sizes} make no network`);
  let inputs = memory > 0 ? memory : features;
  let weights = 3 * memory * (features + memory);
  for (const { outputs } of layers) {
    weights += (inputs + 1) * outputs;
    inputs = outputs;
  }
  if (!(weights <= room)) throw new RangeError(`layers of ${sizes} need more than the ${room} numbers that there are`);
}
