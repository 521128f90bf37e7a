/** What every algorithm with a policy and a value function has to choose: its networks, and how it collects. */

import { kaimingUniform, type MlpOptions, orthogonal } from "../nn/index.js";
import { choice, flag, type IntOption, int, real, sizes, type Values } from "../options.js";
import { type ActorCritic, actorCritic } from "../policies/actor-critic.js";
import type { Collect } from "../rollout/collector.js";
import { RewardScaling } from "../rollout/reward-scaling.js";
import type { Context } from "./algorithm.js";

/** Which networks: options of the same name and meaning in every algorithm. */
export const networkOptions = {
  hidden: sizes([64, 64], { help: "hidden layers of the policy, and of the value network" }),
  activation: choice("tanh", { choices: ["relu", "tanh", "gelu"], help: "after each hidden layer" }),
  trunk: choice("separate", {
    choices: ["separate", "shared"],
    help: "whether policy and value are two networks, or share all layers but the last",
  }),
  init: choice("orthogonal", {
    choices: ["orthogonal", "kaiming"],
    help: "initial weights: orthogonal with zero biases, or PyTorch's default",
  }),
  continuous: choice("gaussian", {
    choices: ["gaussian", "squashed-gaussian", "state-dependent"],
    help: "how continuous actions are drawn: normal, normal through a tanh, or by noise that depends on the state (gSDE)",
  }),
  logStd: real(0, { min: -20, max: 2, help: "ln of the deviation that continuous actions start with" }),
  noiseSteps: int(0, {
    min: 0,
    max: 1_000_000,
    help: "steps that state-dependent noise lasts; 0: until the next update",
  }),
  normaliseObservations: flag(false, {
    help: "bring observations to mean 0 and deviation 1 by what has been seen so far",
  }),
  scaleRewards: flag(false, { help: "divide rewards by the deviation of the discounted return" }),
};

const { trunk: _, ...separate } = networkOptions;
/** The same without the choice of a trunk: policy and value are two networks. */
export const separateNetworkOptions = separate;

/** From how many environments, and how much of each. */
export function rolloutOptions(defaults: { envs: number; rolloutSteps: number }): {
  envs: IntOption;
  rolloutSteps: IntOption;
} {
  return {
    envs: int(defaults.envs, { min: 1, max: 4096, help: "environments that are played side by side" }),
    rolloutSteps: int(defaults.rolloutSteps, {
      min: 1,
      max: 1_000_000,
      help: "steps of each environment for an update",
    }),
  };
}

/** What `rolloutOptions` ask for. */
export function collectSteps({ rolloutSteps, envs }: { rolloutSteps: number; envs: number }): Collect {
  return { steps: rolloutSteps, envs };
}

type NetworkOptions = Values<typeof networkOptions>;

/** Orthogonal with the usual gains (√2 inside, 0.01 for the policy's last layer) and zero biases, or PyTorch's default. */
export function initialWeights(init: NetworkOptions["init"]): Pick<MlpOptions, "hiddenInit" | "outputInit" | "bias"> {
  return init === "orthogonal"
    ? { hiddenInit: orthogonal(Math.SQRT2), outputInit: orthogonal(0.01), bias: "zero" }
    : { hiddenInit: kaimingUniform, outputInit: kaimingUniform, bias: "uniform" };
}

/** Policy and value function as the options ask for them, two networks unless they say otherwise; V's last layer starts with gain 1. */
export function networksFor({
  observationSpace,
  actionSpace,
  options,
  rng,
}: Context<typeof separateNetworkOptions> & { options: Partial<Pick<NetworkOptions, "trunk">> }): ActorCritic {
  return actorCritic({
    ...{ observationSpace, actionSpace, rng, trunk: "separate" },
    ...options,
    ...initialWeights(options.init),
    valueInit: options.init === "orthogonal" ? orthogonal(1) : kaimingUniform,
  });
}

/** What rewards are divided by, where the options ask for it. */
export function rewardScalingFor(options: {
  readonly scaleRewards: boolean;
  readonly envs: number;
  readonly gamma: number;
}): RewardScaling | undefined {
  return options.scaleRewards ? new RewardScaling(options.envs, options.gamma) : undefined;
}
