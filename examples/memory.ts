/** A sign is shown once and asked for some steps later: a task for a policy with a memory (`policy: "gru"`). */
import { train } from "ascent";
import { type Env, make, register } from "ascent/envs";
import { defaultRng } from "ascent/random";
import { box, discrete } from "ascent/spaces";

/** The sign is the first number of the first observation. The second number is 1 when the choice is due. */
function cue(): Env<Float32Array, number> {
  const rng = defaultRng(0);
  let sign = 1;
  let delay = 5;
  let t = 0;
  const observe = (): Float32Array => Float32Array.of(t === 0 ? sign : 0, t === delay ? 1 : 0);
  return {
    observationSpace: box({ low: -1, high: 1, shape: [2] }),
    actionSpace: discrete(2),
    reset({ seed } = {}) {
      if (seed !== undefined) rng.reseed(seed);
      sign = 2 * rng.integers(2) - 1;
      delay = 5 + rng.integers(6);
      t = 0;
      return { observation: observe(), info: {} };
    },
    step(action) {
      const due = t === delay;
      const reward = due ? ((action === 1) === sign > 0 ? 1 : -1) : 0;
      t++;
      return { observation: observe(), reward, terminated: due, truncated: false, info: {} };
    },
  };
}

declare module "ascent/envs" {
  interface KnownEnvs {
    "Cue-v0": Env<Float32Array, number>;
  }
}
register({ id: "Cue-v0", create: cue, summary: "name the sign that was shown at the start" });

for (const policy of ["gru", "mlp"] as const) {
  const run = train({
    algorithm: "ppo",
    env: "Cue-v0",
    seed: 1,
    steps: 30_000,
    options: { policy, memorySize: 16, hidden: [16], envs: 16, rolloutSteps: 64, epochs: 4, learningRate: 5e-3 },
  });
  for (const _ of run);

  const env = make("Cue-v0");
  let right = 0;
  for (let episode = 0; episode < 200; episode++) {
    let { observation } = env.reset(episode === 0 ? { seed: 7 } : {});
    const memory = run.policy.initialMemory(); // a new one for each episode; `act` overwrites it
    for (let over = false; !over; ) {
      const result = env.step(run.policy.act(observation, { memory, deterministic: true }));
      observation = result.observation;
      over = result.terminated;
      if (result.reward > 0) right++;
    }
  }
  console.log(`${policy}: right in ${right / 2} % of 200 episodes`);
}
