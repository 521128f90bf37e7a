/** A trained policy as one file of plain JavaScript: put it on any page or server, and it acts with the trainer's bits. */
import { make, train } from "ascent";
import { toModule } from "ascent/export";

const run = train({ env: "CartPole-v1", seed: 0, stopWhenSolved: true });
for (const _ of run);
const source = toModule(run.policy, { about: { environment: "CartPole-v1", seed: "0" } });

// Written to a file this would be `import { act } from "./policy.mjs"`. Nothing of Ascent is left in it.
const url = `data:text/javascript,${encodeURIComponent(source)}`;
const { act } = (await import(/* @vite-ignore */ url)) as { act(observation: Float32Array): number };

const env = make("CartPole-v1");
let { observation } = env.reset({ seed: 1 });
let steps = 0;
let same = 0;
let over = false;
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
