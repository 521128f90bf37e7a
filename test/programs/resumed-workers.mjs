/**
 * `node resumed-workers.mjs CASES`: for each `{ env, options }`, digests of a run's last checkpoint: never interrupted; and
 * saved in mid-batch with two workers, to go on with 3, 1 and 2.
 */
import { createHash } from "node:crypto";
import { resume, train } from "../../dist/index.js";
import { threads } from "../../dist/node/index.js";

const digest = (run) => {
  while (!run.finished) run.advance();
  return createHash("sha256").update(run.checkpoint()).digest("hex");
};

async function digestsOf({ env, options }) {
  const config = { algorithm: "ppo", env, seed: 3, steps: 600, stopWhenSolved: false, options };
  const two = threads(2);
  const begun = train(config, { environments: two });
  // A batch is 8 copies by 20 steps: one is complete, and 7 steps of the next are played.
  while (begun.advance(8) === undefined);
  begun.advance(56);
  const saved = begun.checkpoint();
  const digests = [digest(train(config)), digest(begun)];
  for (const workers of [3, 1, 2]) {
    const environments = threads(workers);
    digests.push(digest(resume(saved, { environments })));
    await environments.close();
  }
  await two.close();
  return digests;
}

const all = [];
for (const one of JSON.parse(process.argv[2])) all.push(await digestsOf(one));
console.log(JSON.stringify(all));
