// Environments, and an algorithm, in which a run has a fault.

/** An environment whose results are changed: `change(result, t)` of step t, and of the first observation with t = 0. */
export function changed(env, change) {
  let t = 0;
  return {
    observationSpace: env.observationSpace,
    actionSpace: env.actionSpace,
    reset(options) {
      t = 0;
      return change(env.reset(options), t);
    },
    step: (action) => change(env.step(action), ++t),
  };
}

export const payingTime = (result, t) => ({ ...result, reward: t });
export const positionInMillimetres = (result) => ({
  ...result,
  observation: result.observation.map((value, i) => (i === 0 ? 1000 * value : value)),
});
export const inMillimetres = (result) => ({ ...result, observation: result.observation.map((value) => 1000 * value) });

/** PPO that learns from other actions than it drew. */
export function withClippedActions(algorithm) {
  return {
    ...algorithm,
    name: "ppo-with-clipped-actions",
    create(context) {
      const learner = algorithm.create(context);
      const clipped = (batch) => ({ ...batch, actions: batch.actions.clamp(-1, 1) });
      return { ...learner, update: (batch, progress) => learner.update(clipped(batch), progress) };
    },
  };
}

/** Three states before a goal on the right; in the middle one, left and right are swapped. Each step costs 1. */
export function corridorOf({ box, discrete }, seen) {
  let state = 0;
  let steps = 0;
  const observed = () => ({ observation: Float32Array.of(seen ? state - 1 : 1), info: {} });
  return {
    observationSpace: box({ low: -1, high: 2, shape: [1] }),
    actionSpace: discrete(2),
    reset() {
      state = 0;
      steps = 0;
      return observed();
    },
    step(action) {
      const right = (action === 1) !== (state === 1);
      state = right ? state + 1 : Math.max(0, state - 1);
      steps++;
      const terminated = state === 3;
      return { ...observed(), reward: -1, terminated, truncated: !terminated && steps === 100 };
    },
  };
}

/** Ten arms. Arm k pays `pay(k)`. */
export function armsOf({ box, discrete }, pay) {
  const observed = () => ({ observation: Float32Array.of(1), info: {} });
  return {
    observationSpace: box({ low: -1, high: 2, shape: [1] }),
    actionSpace: discrete(10),
    reset: observed,
    step: (k) => ({ ...observed(), reward: pay(k), terminated: true, truncated: false }),
  };
}
