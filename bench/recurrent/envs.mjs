/** Two tasks that need a memory: a cue to remember, and CartPole without its velocities. */
import { make, register } from "../../dist/index.js";
import { defaultRng } from "../../dist/random/index.js";
import { box, discrete } from "../../dist/spaces/index.js";

/**
 * The first observation shows a sign, -1 or 1. The choice is due 10 to 20 steps later, when the second number of the
 * observation is 1: action 1 for a positive sign and 0 for a negative one. Reward: 1 if it is right and -1 if not, so a
 * policy without memory gets 0 on average.
 */
register({
  id: "Cue-v0",
  create: () => {
    const rng = defaultRng(0);
    let cue = 1;
    let delay = 10;
    let t = 0;
    const observe = () => Float32Array.of(t === 0 ? cue : 0, t === delay ? 1 : 0);
    return {
      observationSpace: box({ low: -1, high: 1, shape: [2] }),
      actionSpace: discrete(2),
      reset({ seed } = {}) {
        if (seed !== undefined) rng.reseed(seed);
        cue = 2 * rng.integers(0, 2) - 1;
        delay = 10 + rng.integers(0, 11);
        t = 0;
        return { observation: observe(), info: {} };
      },
      step(action) {
        const chosen = t === delay;
        const reward = chosen ? ((action === 1) === cue > 0 ? 1 : -1) : 0;
        t++;
        return { observation: observe(), reward, terminated: chosen, truncated: false, info: {} };
      },
      snapshot: () => ({ cue, delay, t, rng: rng.snapshot() }),
      restore(saved) {
        cue = saved.cue;
        delay = saved.delay;
        t = saved.t;
        rng.restore(saved.rng);
      },
    };
  },
});

/** CartPole-v1 that shows position and angle only. */
register({
  id: "CartPoleWithoutVelocities-v0",
  maxEpisodeSteps: 500,
  rewardThreshold: 475,
  create: () => {
    const env = make("CartPole-v1", { maxEpisodeSteps: 0 });
    const hidden = (result) => ({
      ...result,
      observation: Float32Array.of(result.observation[0], result.observation[2]),
    });
    return {
      observationSpace: box({ low: [-4.8, -0.42], high: [4.8, 0.42] }),
      actionSpace: env.actionSpace,
      reset: (options) => hidden(env.reset(options)),
      step: (action) => hidden(env.step(action)),
      snapshot: () => env.snapshot(),
      restore: (saved) => env.restore(saved),
    };
  },
});
