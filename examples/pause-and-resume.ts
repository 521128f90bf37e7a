/** Saves a run as bytes and resumes it with the same bits; that works in another process, on another machine or in a browser tab. */
import { evaluate, loadPolicy, make, resume, type TrainConfig, train } from "ascent";

const config = { env: "CartPole-v1", seed: 4, preset: "exercise", episodes: 100 } satisfies TrainConfig;

const whole = train(config);
for (const _ of whole);

const first = train(config);
first.advance(777);
const bytes = first.checkpoint();

const second = resume(bytes);
for (const _ of second);
console.log(`same weights: ${second.result().weightsSha256 === whole.result().weightsSha256}`);

const { policy } = loadPolicy(second.checkpoint());
const { mean, interval } = evaluate(policy, make("CartPole-v1"), { episodes: 20, seed: 1, deterministic: true });
console.log(`20 episodes: ${mean.toFixed(1)} (95 % interval ${interval[0].toFixed(1)} to ${interval[1].toFixed(1)})`);
