// The loop of docs/lecture/12-break-it.md, right and broken.

/**
 * REINFORCE by hand on TwoStep-v0: after each episode π(paying action) of the first state, and the norm of the gradient.
 * `sign` is that of the loss, and `clears` says whether old gradients are forgotten.
 */
export function loopByHand({ make, categorical, sgd, gradNorm, defaultRng, parameter, stack, zeros }, broken) {
  const { sign = -1, clears = true } = broken;
  const env = make("TwoStep-v0");
  const rng = defaultRng(0);
  const logits = parameter(zeros([3, 2]));
  const optimizer = sgd([logits], { learningRate: 0.5 });
  const chances = [];
  const norms = [];
  for (let episode = 0; episode < 100; episode++) {
    let { observation } = env.reset(episode === 0 ? { seed: 0 } : {});
    const logProbs = [];
    let R = 0;
    for (let over = false; !over; ) {
      const pi = categorical(logits.slice(observation, observation + 1).reshape([2]));
      const action = pi.sample(rng);
      logProbs.push(pi.logProb(action));
      const step = env.step(action);
      R += step.reward;
      observation = step.observation;
      over = step.terminated;
    }
    if (clears) optimizer.zeroGrad();
    stack(logProbs)
      .sum()
      .mul(sign * R)
      .backward();
    norms.push(gradNorm([logits]));
    optimizer.step();
    chances.push(logits.slice(0, 1).softmax().toArray()[1]);
  }
  return { chances, norms };
}
