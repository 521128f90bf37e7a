// The pictures of docs/doctor.md: what a mistake in a loop by hand looks like.

const GAMMA = 0.99;
const UPDATES = 30;
const EPISODES_PER_UPDATE = 4;
const SMOOTH = 20;
const LIMIT = 30;

/** The pictures as [path, SVG], drawn by `chart`. `library` holds the names of `ascent` and of its subpaths. */
export function doctorPictures(library, chart) {
  const { returnsToGo } = library;
  const loops = [
    ["as it should be", (logProbs, A) => logProbs.mul(A).mean().neg(), "#3b82c4"],
    ["wrong-sign", (logProbs, A) => logProbs.mul(A).mean(), "#c2410c"],
    ["outer-product", (logProbs, A) => logProbs.mean().mul(A.mean()).neg(), "#7f8c9b"],
  ];
  const curves = loops.map(([label, lossOf, colour]) => {
    const lengths = reinforce(library, lossOf);
    const means = lengths.map((_, i) => mean(lengths.slice(Math.max(0, i + 1 - SMOOTH), i + 1)));
    return { label, x: means.map((_, i) => i + 1), y: means, colour };
  });
  const segment = [{ start: 0, end: LIMIT, terminated: false, truncated: true }];
  const worth = (after) => [...returnsToGo(new Float64Array(LIMIT).fill(1), segment, GAMMA, [after])];
  const steps = Array.from({ length: LIMIT }, (_, t) => t + 1);
  const limits = [
    { label: "cut: V of the last state follows", x: steps, y: worth(1 / (1 - GAMMA)), colour: "#3b82c4" },
    { label: "truncation-as-death: 0 follows", x: steps, y: worth(0), colour: "#c2410c" },
  ];
  return [
    [
      "docs/pictures/doctor-loops.svg",
      chart(curves, { title: "REINFORCE by hand on CartPole: mean length of the last 20 episodes", xLabel: "episode" }),
    ],
    [
      "docs/pictures/doctor-time-limit.svg",
      chart(limits, {
        title: "A reward of 1 a step, γ = 0.99: what each step before a limit of 30 is worth",
        xLabel: "step",
      }),
    ],
  ];
}

/** The lengths of the episodes of REINFORCE with this loss. */
function reinforce({ make, defaultRng, mlp, categorical, adam, clipGradNorm, stack, tensor }, lossOf) {
  const rng = defaultRng(0);
  const env = make("CartPole-v1");
  const policy = mlp({ sizes: [4, 16, 2], activation: "tanh", rng });
  const optimizer = adam(policy.parameters(), { learningRate: 0.02 });
  const lengths = [];
  env.reset({ seed: 0 });
  for (let update = 0; update < UPDATES; update++) {
    const logProbs = [];
    const returns = [];
    for (let episode = 0; episode < EPISODES_PER_UPDATE; episode++) {
      let { observation } = env.reset();
      let length = 0;
      for (let over = false; !over; length++) {
        const pi = categorical(policy.forward(observation));
        const action = pi.sample(rng);
        const step = env.step(action);
        logProbs.push(pi.logProb(action));
        observation = step.observation;
        over = step.terminated || step.truncated;
      }
      lengths.push(length);
      // Each step pays 1, so the return of a step is that of the number of steps that are left.
      const own = [];
      for (let t = 0, following = 0; t < length; t++) own.unshift((following = 1 + GAMMA * following));
      returns.push(own);
    }
    const loss = lossOf(stack(logProbs), tensor(standardised(returns.flat())));
    optimizer.zeroGrad();
    loss.backward();
    clipGradNorm(policy.parameters(), 1);
    optimizer.step();
  }
  return lengths;
}

function standardised(numbers) {
  const middle = mean(numbers);
  const deviation = Math.sqrt(mean(numbers.map((value) => (value - middle) ** 2)));
  return numbers.map((value) => (value - middle) / (deviation + 1e-8));
}

function mean(numbers) {
  return numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
}
