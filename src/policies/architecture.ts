/**
 * Converts a policy, except its weights, to plain data and back. Checkpoints contain this data, so a policy can be loaded
 * without its algorithm or its environment.
 */

import type { Generator } from "../random/generator.js";
import { describeSpace, flatSize, type SpaceDescription, spaceFrom } from "../spaces/index.js";
import { type Activation, type Layer, parameter, type Tensor, zeros } from "../tensor/index.js";
import { gruMemory } from "./gru-memory.js";
import { type HeadOptions, headFor } from "./heads/head-for.js";
import { mlpNetwork } from "./mlp-network.js";
import type { Policy } from "./policy.js";
import { policyOf } from "./policy-of.js";
import { requireRoom } from "./require-room.js";

/** A policy's structure as plain data, without weights. */
export interface PolicyArchitecture {
  readonly observationSpace: SpaceDescription;
  readonly actionSpace: SpaceDescription;
  readonly normaliseObservations: boolean;
  /** The size of the gated recurrent unit. 0 means no memory. */
  readonly memory: number;
  readonly layers: readonly LayerArchitecture[];
  readonly head: Required<Omit<HeadOptions, "logStd">>;
}

interface LayerArchitecture {
  readonly outputs: number;
  readonly activation: Activation;
  /** The names of the weights and the bias. */
  readonly names: readonly [weights: string, bias: string];
}

/** The architecture of a policy, or null if one of its parts has no `describe()`. */
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
 * Builds a policy from its architecture, with zeros as weights. It spawns its own generator from `rng`, as new policies do.
 *
 * @throws ConfigError for an invalid space or option
 * @throws RangeError if the sizes do not fit together, or need more than `room` weights
 */
export function policyFrom(architecture: PolicyArchitecture, rng: Generator, room: number): Policy {
  const { normaliseObservations, memory: size } = architecture;
  const observationSpace = spaceFrom(architecture.observationSpace);
  const actionSpace = spaceFrom(architecture.actionSpace);
  const features = flatSize(observationSpace);
  requireRoom(architecture, features, actionSpace, room);
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
