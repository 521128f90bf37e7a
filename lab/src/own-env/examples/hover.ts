// A drone that has to stay at a height, in gusts of wind.
// The action is a number: the thrust of its motor.
import { type Env, register } from "ascent/envs";
import { defaultRng } from "ascent/random";
import { box } from "ascent/spaces";

const GOAL = 1;

function drone(): Env<Float32Array, Float32Array> {
  const rng = defaultRng(0);
  let [height, speed, thrust] = [0, 0, 0];
  const observe = () => Float32Array.of(height - GOAL, speed);

  return {
    observationSpace: box({ low: [-10, -10], high: [10, 10] }),
    // From -1 to 1. A policy may choose more, and then the motor
    // gives what it can.
    actionSpace: box({ low: [-1], high: [1] }),

    reset({ seed } = {}) {
      if (seed !== undefined) rng.reseed(seed);
      [height, speed, thrust] = [rng.uniform(0, 2), 0, 0];
      return { observation: observe(), info: {} };
    },

    step([action]) {
      thrust = Math.max(-1, Math.min(1, action));
      const wind = rng.uniform(-0.3, 0.3);
      speed = 0.95 * speed + 0.1 * (thrust + wind);
      height += 0.3 * speed;
      // Too far away: the episode ends, and earns nothing more.
      const lost = Math.abs(height - GOAL) > 2;
      const reward = lost ? -10 : 1 - Math.abs(height - GOAL);
      return { observation: observe(), reward, terminated: lost, truncated: false, info: {} };
    },

    render: () => ({
      view: { left: -2.5, right: 2.5, bottom: -1.2, top: 3.2 },
      background: "#f4f6fb",
      shapes: [
        {
          kind: "line",
          points: [
            [-2.5, GOAL],
            [2.5, GOAL],
          ],
          stroke: "#9aa5b5",
        },
        {
          kind: "line",
          points: [
            [0, height],
            [0, height - 0.5 * thrust],
          ],
          stroke: "#d04a00",
          width: 0.1,
        },
        {
          kind: "line",
          points: [
            [-0.4, height],
            [0.4, height],
          ],
          stroke: "#1845fb",
          width: 0.14,
        },
      ],
    }),
  };
}

register({ id: "Hover-v0", create: drone, maxEpisodeSteps: 200, rewardThreshold: 170 });
