import type { Generator } from "../random/generator.js";
import { flatSize, type Space } from "../spaces/index.js";
import { actOf } from "./decide.js";
import type { Head } from "./heads/head.js";
import type { Memory } from "./memory.js";
import { forwardPass, type Network } from "./network.js";
import { ObservationNormaliser } from "./observation-normaliser.js";
import type { ActingParts, Policy } from "./policy.js";

/** The parts of a policy. */
export interface PolicyParts {
  readonly observationSpace: Space<unknown>;
  readonly actionSpace: Space<unknown>;
  readonly network: Network;
  readonly head: Head;
  readonly memory?: Memory | undefined;
  /** Whether observations are normalised by their running mean and variance. */
  readonly normaliseObservations?: boolean | undefined;
  /** The policy's own generator, for actions that `act` draws without one. */
  readonly rng: Generator;
}

/** Makes a policy from its parts, built-in ones or your own. */
export function policyOf(parts: PolicyParts): Policy {
  const { observationSpace, actionSpace, network, head, memory, rng } = parts;
  const features = flatSize(observationSpace);
  const normaliser = parts.normaliseObservations === true ? new ObservationNormaliser(features) : undefined;
  const networkInputs: Policy["networkInputs"] = ({ features: rows, sequences }) => {
    if (memory === undefined) return rows;
    if (sequences === undefined)
      throw new Error("a policy with memory learns from sequences, and these rows have none");
    return memory.unroll(rows, sequences);
  };
  const distributionFrom: Policy["distributionFrom"] = (latent, { masks, forwardCache }) =>
    head.distribution(network.outputsOf(latent, forwardCache), { latent, masks });
  const acting: ActingParts = { observationSpace, actionSpace, normaliser, memory, network, head };
  return {
    ...acting,
    parameters: () => [...(memory?.parameters() ?? []), ...network.parameters(), ...head.parameters],
    act: actOf(acting, rng),
    initialMemory: () => new Float32Array(memory?.size ?? 0),
    networkInputs,
    distributionFrom,
    distribution(rows) {
      const inputs = networkInputs(rows);
      if (head.exploration !== undefined) return distributionFrom(network.latent(inputs, rows.forwardCache), rows);
      return head.distribution(forwardPass(network, inputs, rows.forwardCache), { masks: rows.masks });
    },
    describe() {
      const layers = network.describe?.();
      const described = head.describe?.();
      if (layers === undefined || described === undefined) return undefined;
      if (memory !== undefined && memory.describe === undefined) return undefined;
      return { observationSpace, actionSpace, normaliser, memory: memory?.describe?.(), layers, head: described };
    },
  };
}
