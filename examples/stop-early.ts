/** Stops a run when it is good enough, keeps the best policy so far, and resumes the run later. */
import { evaluate, make, resume, train } from "ascent";

const run = train({ algorithm: "ppo", env: "CartPole-v1", preset: "zoo", seed: 0 });
for (const { averageReturn } of run) if (averageReturn >= 100) break;
const bytes = run.checkpoint(); // store it in a file or a database, or send it to another machine
console.log(`stopped after ${run.result().steps} steps: ${run.result().verdict.text}`);

const again = resume(bytes);
for (const { averageReturn } of again) if (averageReturn >= 200) break;
console.log(`stopped after ${again.result().steps} steps: ${again.result().verdict.text}`);

const { mean } = evaluate(again.best(), make("CartPole-v1"), { episodes: 20, seed: 1, deterministic: true });
console.log(`the best policy so far balances the pole for ${mean.toFixed(0)} steps`);
