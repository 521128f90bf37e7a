// An environment is the world that an agent learns in.
// This one is a game of catch: a ball falls, and a bucket moves
// left, stays, or moves right. Press Train, then change anything.
import { type Env, register } from "ascent/envs";
import { defaultRng } from "ascent/random";
import { box, discrete } from "ascent/spaces";

function game(): Env<Float32Array, number> {
  const rng = defaultRng(0);
  let [bucket, ball, height] = [0, 0, 20];

  // What the agent sees. Numbers near 1 are the easiest to use.
  const observe = () => Float32Array.of(bucket, ball, height / 20);

  return {
    observationSpace: box({ low: [-1, -1, 0], high: [1, 1, 1] }),
    actionSpace: discrete(3),

    // A new episode begins. All chance comes from the seed,
    // so every run can be repeated exactly.
    reset({ seed } = {}) {
      if (seed !== undefined) rng.reseed(seed);
      [bucket, ball, height] = [0, rng.uniform(-1, 1), 20];
      return { observation: observe(), info: {} };
    },

    // The action (0, 1 or 2) changes the world, and the reward
    // says how good that was.
    step(action) {
      bucket = Math.max(-1, Math.min(1, bucket + 0.1 * (action - 1)));
      height -= 1;
      const caught = height === 0 && Math.abs(ball - bucket) < 0.2;
      if (height === 0) [ball, height] = [rng.uniform(-1, 1), 20];
      const reward = caught ? 1 : 0;
      return { observation: observe(), reward, terminated: false, truncated: false, info: {} };
    },

    // The picture: shapes in a view that you choose.
    render: () => ({
      view: { left: -1.3, right: 1.3, bottom: -0.2, top: 1.2 },
      background: "#f4f6fb",
      shapes: [
        {
          kind: "line",
          points: [
            [bucket - 0.2, 0],
            [bucket + 0.2, 0],
          ],
          stroke: "#1845fb",
          width: 0.06,
        },
        { kind: "circle", centre: [ball, height / 20], radius: 0.06, fill: "#d04a00" },
      ],
    }),
  };
}

// An episode ends after 200 steps, which are ten balls.
// To catch nine of them counts as solved.
register({ id: "Catch-v0", create: game, maxEpisodeSteps: 200, rewardThreshold: 9 });
