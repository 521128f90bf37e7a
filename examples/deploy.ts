/** Exports a trained policy as one file of plain JavaScript, which runs on any page or server with the same bits as the trainer. */
import { make, train } from "ascent";
import { toModule } from "ascent/export";

const run = train({ env: "CartPole-v1", seed: 0, stopWhenSolved: true });
for (const _ of run);
const source = toModule(run.policy, { about: { environment: "CartPole-v1", seed: "0" } });

// With a file this would be `import { act } from "./policy.mjs"`. The module does not need Ascent.
const url = `data:text/javascript,${encodeURIComponent(source)}`;
const { act } = (await import(/* @vite-ignore */ url)) as { act(observation: Float32Array): number };

const env = make("CartPole-v1");
let { observation } = env.reset({ seed: 1 });
let [steps, same, over] = [0, 0, false];
while (!over) {
  const action = act(observation);
  if (action === run.policy.act(observation, { deterministic: true })) same++;
  const outcome = env.step(action);
  observation = outcome.observation;
  over = outcome.terminated || outcome.truncated;
  steps++;
}
console.log(`${(source.length / 1000).toFixed(0)} kB of JavaScript balanced the pole for ${steps} steps`);
console.log(`and chose as the trainer would have in ${same} of them`);
