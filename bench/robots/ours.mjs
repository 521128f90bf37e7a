/** Ascent's robots: `node bench/robots/ours.mjs returns 200 [ID …]` gives returns and lengths, `… steps` steps per second. */
import { make } from "../../dist/envs/index.js";
import { registerMujoco } from "../../dist/mujoco/index.js";
import { defaultRng } from "../../dist/random/index.js";
import { report, secondsPerCall } from "../stopwatch.mjs";
import { IDS, STEPS } from "./workload.mjs";

await registerMujoco();
const [mode, ...words] = process.argv.slice(2);
const versions = { node: process.versions.node };

function action({ low, high }, rng) {
  return Float32Array.from(rng.uniform(0, 1, low.length), (share, i) => low[i] + (high[i] - low[i]) * share);
}

if (mode === "returns") {
  const [episodes, ...ids] = words;
  const flights = Object.fromEntries((ids.length > 0 ? ids : IDS).map((id) => [id, played(id, Number(episodes))]));
  report({ name: "ascent", versions, flights });
} else {
  const metrics = {};
  for (const id of IDS) {
    const env = make(id);
    const rng = defaultRng(0);
    const actions = Array.from({ length: STEPS }, () => action(env.actionSpace, rng));
    const seconds = await secondsPerCall(() => {
      env.reset({ seed: 0 });
      for (const one of actions) {
        const { terminated, truncated } = env.step(one);
        if (terminated || truncated) env.reset();
      }
    });
    metrics[id] = STEPS / seconds;
  }
  report({ name: "ascent", versions, metrics });
}

/** Whole episodes with random actions. */
function played(id, episodes) {
  const env = make(id);
  const [returns, lengths] = [[], []];
  for (let seed = 0; seed < episodes; seed++) {
    const rng = defaultRng(seed);
    env.reset({ seed });
    for (let [total, length, over] = [0, 0, false]; !over; ) {
      const { reward, terminated, truncated } = env.step(action(env.actionSpace, rng));
      total += reward;
      length++;
      over = terminated || truncated;
      if (!over) continue;
      returns.push(total);
      lengths.push(length);
    }
  }
  return { returns, lengths };
}
