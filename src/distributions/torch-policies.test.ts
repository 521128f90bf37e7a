/** Policies and value functions against PyTorch: losses, gradients, clipping and three steps of each optimiser. */

import { describe, test } from "vitest";
import {
  constantOf,
  expectClose,
  expectNear,
  indicesOf,
  parametersOf,
  read,
  type Stored,
} from "../../test/golden/read.js";
import { adam, clipGradNorm, type Optimizer, sgd } from "../optim/index.js";
import { type Activation, linear, type Tensor } from "../tensor/index.js";
import { categorical, gaussian } from "./index.js";

type Golden<Key extends string> = Record<Key, Stored> & {
  readonly name: string;
  readonly activation: Activation;
  readonly maxGradNorm: number;
  readonly parameters: readonly Stored[];
  readonly loss: number;
  readonly gradients: readonly Stored[];
  readonly gradNorm: number;
  readonly clippedGradients: readonly Stored[];
  readonly runs: readonly Run[];
};
interface Run {
  readonly optimizer: {
    readonly kind: "adam" | "sgd";
    readonly learningRate: number;
    readonly beta1: number;
    readonly beta2: number;
    readonly epsilon: number;
    readonly momentum: number;
  };
  readonly losses: readonly number[];
  readonly gradNorms: readonly number[];
  readonly parametersAfter: readonly (readonly Stored[])[];
}
type PolicyKey = "observations" | "actions" | "advantages" | "logProbs" | "entropies";
type CategoricalCase = Golden<PolicyKey | "logits"> & { readonly entropyCoefficient: number };
type GaussianCase = Golden<PolicyKey | "means"> & { readonly entropyCoefficient: number };
type ValueCase = Golden<"observations" | "returns" | "values"> & { readonly lossFunction: "mse" | "huber" };

const gaussians = read<{ cases: GaussianCase[]; values: ValueCase[] }>("torch-gaussian");

/** The parameters are [W0, b0, W1, b1, …]; the last layer has no activation. */
function network(parameters: readonly Tensor[], x: Tensor, activation: Activation): Tensor {
  const layers = parameters.length / 2;
  return Array.from({ length: layers }).reduce<Tensor>(
    (h, _, i) => linear(h, parameters[2 * i], parameters[2 * i + 1], i < layers - 1 ? activation : "none"),
    x,
  );
}

const huber = (error: Tensor): Tensor => {
  const size = error.maximum(error.neg());
  const within = size.minimum(1);
  return within.mul(size.sub(within.mul(0.5)));
};

function optimizerOf({ kind, ...options }: Run["optimizer"], parameters: readonly Tensor[]): Optimizer {
  return kind === "adam" ? adam(parameters, { ...options, eps: options.epsilon }) : sgd(parameters, options);
}

/** Compares the gradients of a loss, their norm, clipping, and three steps of each optimiser. */
function expectSameLearning(golden: Golden<never>, lossOf: (parameters: readonly Tensor[]) => Tensor): void {
  const parameters = parametersOf(golden.parameters);
  const loss = lossOf(parameters);
  loss.backward();
  expectNear(loss.item(), golden.loss);
  parameters.forEach((p, i) => void expectClose(p.grad, golden.gradients[i]));
  expectNear(clipGradNorm(parameters, golden.maxGradNorm), golden.gradNorm);
  parameters.forEach((p, i) => void expectClose(p.grad, golden.clippedGradients[i]));
  for (const run of golden.runs) {
    const live = parametersOf(golden.parameters);
    const optimizer = optimizerOf(run.optimizer, live);
    for (const step of [0, 1, 2]) {
      optimizer.zeroGrad();
      const stepLoss = lossOf(live);
      stepLoss.backward();
      expectNear(clipGradNorm(live, golden.maxGradNorm), run.gradNorms[step], 2e-6);
      optimizer.step();
      expectNear(stepLoss.item(), run.losses[step]);
      live.forEach((p, i) => void expectClose(p, run.parametersAfter[step][i]));
    }
  }
}

describe("a categorical policy learns as in PyTorch", () => {
  for (const golden of read<{ cases: CategoricalCase[] }>("torch-categorical").cases) {
    test(`(${golden.name})`, () => {
      const observations = constantOf(golden.observations);
      const policyOf = (parameters: readonly Tensor[]) =>
        categorical(network(parameters, observations, golden.activation));
      const pi = policyOf(parametersOf(golden.parameters));
      expectClose(pi.logProb(indicesOf(golden.actions)), golden.logProbs);
      expectClose(pi.entropy(), golden.entropies);
      expectClose(network(parametersOf(golden.parameters), observations, golden.activation), golden.logits);
      expectSameLearning(golden, (parameters) => {
        const live = policyOf(parameters);
        const gain = live.logProb(indicesOf(golden.actions)).mul(constantOf(golden.advantages)).mean();
        return gain.add(live.entropy().mean().mul(golden.entropyCoefficient)).neg();
      });
    });
  }
});

describe("a Gaussian policy learns as in PyTorch", () => {
  for (const golden of gaussians.cases) {
    test(`(${golden.name})`, () => {
      const observations = constantOf(golden.observations);
      const policyOf = (parameters: readonly Tensor[]) =>
        gaussian(network(parameters.slice(0, -1), observations, golden.activation), parameters[parameters.length - 1]);
      const pi = policyOf(parametersOf(golden.parameters));
      expectClose(pi.mean, golden.means);
      expectClose(pi.logProb(constantOf(golden.actions)), golden.logProbs);
      for (const entropy of golden.entropies.data) expectNear(pi.entropy().item(), entropy);
      expectSameLearning(golden, (parameters) => {
        const live = policyOf(parameters);
        const gain = live.logProb(constantOf(golden.actions)).mul(constantOf(golden.advantages)).mean();
        return gain.add(live.entropy().mul(golden.entropyCoefficient)).neg();
      });
    });
  }
});

describe("a value function learns as in PyTorch", () => {
  for (const golden of gaussians.values) {
    test(`(${golden.name})`, () => {
      const valuesOf = (parameters: readonly Tensor[]) =>
        network(parameters, constantOf(golden.observations), "tanh").reshape([-1]);
      expectClose(valuesOf(parametersOf(golden.parameters)), golden.values);
      expectSameLearning(golden, (parameters) => {
        const error = valuesOf(parameters).sub(constantOf(golden.returns));
        return (golden.lossFunction === "mse" ? error.square() : huber(error)).mean();
      });
    });
  }
});
