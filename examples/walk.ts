/**
 * A walk in gusty wind: 15 steps to the right is home, and pays 1; 15 to the left is the cliff, and costs 1. Every step costs
 * 0.01. One step in five, the wind blows to the left.
 *
 *   npx ascent train ppo ./examples/walk.ts:Walk-v9
 *   npx ascent tune ppo ./examples/walk.ts:Walk-v9 --steps 10000
 */
import { type Env, register } from "ascent/envs";
import { defaultRng } from "ascent/random";
import { box, discrete } from "ascent/spaces";

const FAR = 15;

interface Saved {
  readonly place: number;
  readonly rng: never;
}

export function walk(): Env<Float32Array, number> {
  const rng = defaultRng(0);
  let place = 0;
  const look = (): Float32Array => Float32Array.of(place);
  return {
    observationSpace: box({ low: [-FAR], high: [FAR] }),
    actionSpace: discrete(2),
    reset({ seed } = {}) {
      if (seed !== undefined) rng.reseed(seed);
      place = 0;
      return { observation: look(), info: {} };
    },
    step(action) {
      const windy = rng.random() < 0.2;
      place += windy || action === 0 ? -1 : 1;
      const terminated = Math.abs(place) >= FAR;
      const reward = (terminated ? Math.sign(place) : 0) - 0.01;
      return { observation: look(), reward, terminated, truncated: false, info: {} };
    },
    snapshot: () => ({ place, rng: rng.snapshot() }),
    restore(saved) {
      const state = saved as unknown as Saved;
      place = state.place;
      rng.restore(state.rng);
    },
  };
}

register({ id: "Walk-v9", summary: "walk home against the wind", create: walk, maxEpisodeSteps: 200 });
