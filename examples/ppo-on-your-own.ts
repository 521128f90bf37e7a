/** PPO on a custom environment: a ball falls from the top of a board eight squares wide, and a paddle has to catch it. */
import { evaluate, train } from "ascent";
import { type Env, make, register } from "ascent/envs";
import { defaultRng } from "ascent/random";
import { box, discrete } from "ascent/spaces";

const WIDTH = 8;
const HEIGHT = 10;

function catching(): Env<Float32Array, number> {
  const rng = defaultRng(0);
  let [ball, drift, height, paddle] = [0, 0, 0, 0];
  const observe = (): Float32Array => Float32Array.of((ball - paddle) / WIDTH, ball / WIDTH, drift, height / HEIGHT);
  return {
    observationSpace: box({ low: -1, high: 1, shape: [4] }),
    actionSpace: discrete(3), // left, stay, right
    reset({ seed } = {}) {
      if (seed !== undefined) rng.reseed(seed);
      [ball, drift, height, paddle] = [rng.integers(WIDTH), rng.integers(3) - 1, HEIGHT, rng.integers(WIDTH)];
      return { observation: observe(), info: {} };
    },
    step(action) {
      paddle = Math.min(WIDTH - 1, Math.max(0, paddle + action - 1));
      ball = Math.min(WIDTH - 1, Math.max(0, ball + drift)); // the ball slides along a wall
      height--;
      const terminated = height === 0;
      const reward = terminated ? (ball === paddle ? 1 : -1) : 0;
      return { observation: observe(), reward, terminated, truncated: false, info: {} };
    },
  };
}

// The compiler knows the names of ours; this tells it of one more.
declare module "ascent/envs" {
  interface KnownEnvs {
    "Catch-v0": Env<Float32Array, number>;
  }
}
register({ id: "Catch-v0", create: catching, summary: "be where the ball comes down" });

const options = { envs: 16, rolloutSteps: 64, minibatchSize: 256, learningRate: 2e-3, entropyBonus: 0.01 };
const run = train({ algorithm: "ppo", env: "Catch-v0", seed: 0, steps: 40_000, options });
for (const { update, steps, averageReturn, diagnostics } of run) {
  if (update % 10 !== 1) continue;
  const entropy = diagnostics.entropy.toFixed(2);
  console.log(`${steps} steps: the last 100 balls pay ${averageReturn.toFixed(2)} each, entropy ${entropy}`);
}
const { mean } = evaluate(run.policy, make("Catch-v0"), { episodes: 200, deterministic: true });
console.log(`caught ${(50 * (mean + 1)).toFixed(0)} % of 200 balls`);
