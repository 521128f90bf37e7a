// REINFORCE with a value network, by hand, in parts that can be swapped for wrong ones, and with the doctor beside it.

export const GAMMA = 0.99;
const EPISODES = 4;
/** Returns are of this size, so that V gets there within the loop. */
const SCALE = 20;

const RIGHT = {
  updates: 30,
  /** From the returns of each episode, and V of all their steps. */
  advantages: ({ tensor }, returns) => tensor(standardised(returns.flat())),
  /** The returns in the groups whose means are kept: by episode. */
  groups: (returns) => returns,
  loss: (logProbs, A) => logProbs.mul(A).mean().neg(),
  /** The tensors that the optimiser moves. */
  learned: (policy, value) => [...policy.parameters(), ...value.parameters()],
  clears: true,
  steps: true,
};

/**
 * Runs the loop. Per update: the gradient's norm, how far the policy is from its first weights, the error and mean of V; per
 * group of steps: the mean return G and the mean advantage A.
 */
export function loop(library, changed = {}) {
  const { make, defaultRng, mlp, categorical, adam, clipGradNorm, stack, tensor, inspect } = library;
  const parts = { ...RIGHT, ...changed };
  const rng = defaultRng(0);
  const env = make("CartPole-v1");
  const policy = mlp({ sizes: [4, 16, 2], activation: "tanh", rng });
  const value = mlp({ sizes: [4, 16, 1], activation: "tanh", rng, name: "value" });
  const optimizer = adam(parts.learned(policy, value), { learningRate: 0.02 });
  const doctor = inspect({ policy, valueNetwork: value, optimizer });
  const first = flat(policy.parameters());
  const figures = { lengths: [], norms: [], moved: [], valueErrors: [], valueMeans: [], returnMeans: [], groups: [] };
  env.reset({ seed: 0 });
  for (let update = 0; update < parts.updates; update++) {
    const played = Array.from({ length: EPISODES }, () => episode());
    const returns = played.map(({ rewards }) => toGo(rewards));
    const all = returns.flat();
    const rows = played.flatMap(({ observations }) => observations);
    const states = tensor(Float32Array.from(rows.flatMap((row) => [...row])), [rows.length, 4]);
    const values = value.forward(states).reshape([rows.length]).mul(SCALE);
    const A = parts.advantages(library, returns, values);
    const logProbs = stack(played.flatMap((one) => one.logProbs));
    const errors = values.sub(tensor(all)).square().mean();
    const loss = parts.loss(logProbs, A).add(errors.mul(1 / SCALE ** 2));
    const rewards = played.flatMap((one) => one.rewards);
    const terminated = played.flatMap((one) => one.rewards.map((_, t) => t === one.rewards.length - 1));
    doctor.update({ loss, logProbs, advantages: A, rewards, terminated });
    figures.valueErrors.push(errors.item());
    figures.valueMeans.push(mean([...values.toArray()]));
    figures.returnMeans.push(mean(all));
    const advantages = [...A.toArray()];
    const groups = parts.groups(returns);
    for (const G of groups) figures.groups.push({ G: mean(G), A: mean(advantages.splice(0, G.length)) });
    if (parts.clears) optimizer.zeroGrad();
    loss.backward();
    figures.norms.push(clipGradNorm(policy.parameters(), 1));
    if (parts.steps) optimizer.step();
    const now = flat(policy.parameters());
    figures.moved.push(Math.sqrt(now.reduce((sum, weight, i) => sum + (weight - first[i]) ** 2, 0)));
  }
  return { ...figures, codes: doctor.findings().map(({ code }) => code) };

  function episode() {
    const [observations, logProbs, rewards] = [[], [], []];
    let { observation } = env.reset();
    for (let over = false; !over; ) {
      const pi = categorical(policy.forward(observation));
      const action = pi.sample(rng);
      const step = env.step(action);
      observations.push(observation);
      logProbs.push(pi.logProb(action));
      rewards.push(step.reward);
      observation = step.observation;
      over = step.terminated || step.truncated;
    }
    figures.lengths.push(rewards.length);
    return { observations, logProbs, rewards };
  }
}

/** Gₜ = rₜ + γ·Gₜ₊₁ */
function toGo(rewards) {
  const returns = [];
  for (let t = rewards.length - 1, following = 0; t >= 0; t--) {
    following = rewards[t] + GAMMA * following;
    returns.unshift(following);
  }
  return returns;
}

/** The returns of the batch in four parts that are no episodes. */
export function quarters(returns) {
  const all = returns.flat();
  const size = Math.ceil(all.length / 4);
  return [0, 1, 2, 3].map((k) => all.slice(k * size, (k + 1) * size));
}

/** Mean 0 and deviation 1. */
export function standardised(numbers) {
  const middle = mean(numbers);
  const deviation = Math.sqrt(mean(numbers.map((value) => (value - middle) ** 2)));
  return numbers.map((value) => (value - middle) / (deviation + 1e-8));
}

export function mean(numbers) {
  return numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
}

const flat = (parameters) => parameters.flatMap((one) => [...one.toArray()]);
