/** Ascent's LunarLander: `node bench/lander/ours.mjs pilots 1000` gives returns and lengths, `… steps` steps per second. */
import { landerPilot, landerPilotContinuous, make } from "../../dist/envs/index.js";
import { defaultRng } from "../../dist/random/index.js";
import { report, secondsPerCall } from "../stopwatch.mjs";
import { IDS, REPLAYED } from "./workload.mjs";

const PILOTS = { "LunarLander-v3": landerPilot, "LunarLanderContinuous-v3": landerPilotContinuous };

/** The controllers. The random one samples from the generator that NumPy makes from the seed of the episode. */
function pilotOf(kind, id, seed) {
  if (kind === "pilot") return PILOTS[id];
  const rng = defaultRng(seed);
  return id === "LunarLander-v3" ? () => rng.integers(4) : () => Float32Array.from(rng.uniform(-1, 1, 2));
}

/** One episode: its return and its actions. */
function fly(env, seed, pilot) {
  let { observation } = env.reset({ seed });
  const actions = [];
  for (let total = 0; ; ) {
    const action = pilot(observation);
    actions.push(action);
    const result = env.step(action);
    observation = result.observation;
    total += result.reward;
    if (result.terminated || result.truncated) return { total, actions };
  }
}

const each = (work) =>
  Object.fromEntries(IDS.flatMap((id) => ["pilot", "chance"].map((kind) => [`${kind} ${id}`, work(kind, id)])));

const [mode, episodes] = process.argv.slice(2);
const versions = { node: process.versions.node };
if (mode === "pilots") {
  const flights = each((kind, id) => {
    const env = make(id);
    const flown = Array.from({ length: Number(episodes) }, (_, seed) => fly(env, seed, pilotOf(kind, id, seed)));
    return { returns: flown.map(({ total }) => total), lengths: flown.map(({ actions }) => actions.length) };
  });
  report({ name: "ascent", versions, flights });
} else {
  const metrics = {};
  for (const [name, [env, flown]] of Object.entries(
    each((kind, id) => {
      const env = make(id);
      return [env, Array.from({ length: REPLAYED }, (_, seed) => fly(env, seed, pilotOf(kind, id, seed)).actions)];
    }),
  )) {
    const steps = flown.reduce((sum, actions) => sum + actions.length, 0);
    const seconds = await secondsPerCall(() => {
      for (const [seed, actions] of flown.entries()) {
        env.reset({ seed });
        for (const action of actions) env.step(action);
      }
    });
    metrics[name] = steps / seconds;
  }
  report({ name: "ascent", versions, metrics });
}
