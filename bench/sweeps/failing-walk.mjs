// Two environments that end their runs from the 700th step on: one by an error, one by rewards that no float32 can hold.
import { register } from "../../dist/envs/index.js";
import { box, discrete } from "../../dist/spaces/index.js";

function walk(late) {
  let place = 0;
  let steps = 0;
  return {
    observationSpace: box({ low: -10, high: 10, shape: [1] }),
    actionSpace: discrete(2),
    reset: () => {
      place = 0;
      return { observation: Float32Array.of(place), info: {} };
    },
    step: (action) => {
      place += action === 1 ? 1 : -1;
      const reward = ++steps < 700 ? 1 : late();
      const terminated = Math.abs(place) > 4;
      return { observation: Float32Array.of(place), reward, terminated, truncated: false, info: {} };
    },
    snapshot: () => ({ place, steps }),
    restore: (saved) => {
      place = saved.place;
      steps = saved.steps;
    },
  };
}

const broken = () => {
  throw new Error("the walker broke a leg");
};
register({ id: "FailingWalk-v0", create: () => walk(broken), summary: "a walk that ends by an error" });
register({ id: "EndlessReward-v0", create: () => walk(() => 1e300), summary: "a walk whose returns overflow" });
