/** One-step actor-critic written by hand: a step of the weights for each step of the environment. */
import { categorical } from "ascent/distributions";
import { inspect } from "ascent/doctor";
import { make } from "ascent/envs";
import { mlp } from "ascent/nn";
import { adam, clipGradNorm } from "ascent/optim";
import { defaultRng } from "ascent/random";
import { noGrad } from "ascent/tensor";
import { GAMMA, type Loop } from "./ppo-by-hand.js";
import { stepLengths } from "./step-lengths.js";

/** Runs the loop, with policy and value in two networks or in one. */
export function onlineByHand(
  { shared = false }: { shared?: boolean } = {},
  { updates = 30, seed = 0, doctored = true }: { updates?: number; seed?: number; doctored?: boolean } = {},
): Loop {
  const rng = defaultRng(seed);
  const env = make("CartPole-v1");
  const policy = mlp({ sizes: [4, 32, shared ? 3 : 2], activation: "tanh", rng });
  const value = shared ? policy : mlp({ sizes: [4, 32, 1], activation: "tanh", rng, name: "value" });
  const weights = shared ? policy.parameters() : [...policy.parameters(), ...value.parameters()];
  const predict = (observation: Float32Array) => {
    const outputs = value.forward(observation);
    return outputs.slice(outputs.size - 1).reshape([]);
  };
  const optimizer = adam(weights, { learningRate: 1e-3 });
  const doctor = inspect({ policy, valueNetwork: value, optimizer });
  const { lengths: steps, measure } = stepLengths(policy.parameters());
  const lengths: number[] = [];
  let { observation } = env.reset({ seed });
  let length = 0;
  // An update of the other loops has some hundred steps.
  for (let step = 0; step < 100 * updates; step++) {
    const pi = categorical(policy.forward(observation).slice(0, 2));
    const action = pi.sample(rng);
    const result = env.step(action);
    const V = predict(observation);
    const next = result.terminated ? 0 : noGrad(() => predict(result.observation).item());
    const surprise = V.sub(result.reward + GAMMA * next).neg();
    const advantages = surprise.detach();
    const logProbs = pi.logProb(action);
    const entropy = pi.entropy();
    const loss = surprise.square().mul(0.5).sub(logProbs.mul(advantages)).sub(entropy.mul(0.01));
    if (doctored) doctor.update({ loss, logProbs, advantages, entropy });
    optimizer.zeroGrad();
    loss.backward();
    clipGradNorm(weights, 0.5);
    optimizer.step();
    if (step < 100) measure();
    length++;
    const done = result.terminated || result.truncated;
    if (done) lengths.push(length);
    if (done) length = 0;
    observation = done ? env.reset().observation : result.observation;
  }
  return { findings: doctor.findings(), weights: weights.map((one) => one.toArray()), lengths, steps };
}
