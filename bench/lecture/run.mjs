/**
 * The experiments of the lecture that need learning on many seeds.
 *
 *   node bench/lecture/run.mjs [rates | harder | entropy | grid …]
 *
 *   rates     CartPole-v1, the preset `lecture` with 4 learning rates × 3 discount factors, 10 seeds each, 500 episodes
 *   harder    Acrobot-v1 and LunarLander-v3: REINFORCE for 150 and 650 episodes, and PPO for as many steps, 10 seeds each
 *   entropy   CartPole-v1, the default preset with an entropy bonus of 0, 0.01, 0.1, 1 and 10, 10 seeds each
 *   grid      GridWorld-v0: the steps that PPO and REINFORCE take to an average return within 5 % of the optimum, 10 seeds each
 *
 * Each experiment writes its part of results.json and leaves the others as they are. `harder` can be stopped and restarted.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { make, train } from "../../dist/index.js";
import { mdpOf, policyIteration } from "../../dist/tabular/index.js";
import { commit, machine } from "../race.mjs";
import { median, secondsPerCall } from "../stopwatch.mjs";

const SEEDS = Array.from({ length: 10 }, (_, seed) => seed);

const experiments = { rates, harder, entropy, grid };
const file = new URL("results.json", import.meta.url);
const chosen = process.argv.slice(2);
for (const name of chosen.length > 0 ? chosen : Object.keys(experiments)) {
  const keep = (results) => {
    const part = { command: `node bench/lecture/run.mjs ${name}`, commit: commit(), machine: machine(), results };
    writeFileSync(file, `${JSON.stringify({ ...stored(), [name]: part }, null, 1)}\n`);
  };
  keep(await experiments[name](stored()[name]?.results, keep));
}

/** What is stored now: another experiment may have written its part meanwhile. */
function stored() {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
}

/** Trains to the end of the budget, solved or not. */
function trained(config) {
  const run = train({ ...config, stopWhenSolved: false });
  let entropy = 0;
  let best = Number.NEGATIVE_INFINITY;
  for (const update of run) {
    entropy = update.diagnostics.entropy;
    // The mean of fewer episodes than 100 is no mean of 100.
    if (update.episodes >= 100) best = Math.max(best, update.averageReturn);
  }
  const { episodes, steps, averageReturn, solvedAtEpisode, verdict } = run.result();
  return { episodes, steps, averageReturn, best, solvedAtEpisode, verdict: verdict.kind, entropy };
}

function rates() {
  const cells = [];
  for (const learningRate of [1e-4, 1e-3, 1e-2, 1e-1]) {
    for (const gamma of [0.9, 0.95, 0.99]) {
      const runs = SEEDS.map((seed) =>
        trained({ preset: "lecture", seed, episodes: 500, options: { learningRate, gamma } }),
      );
      const collapsed = runs.filter(({ verdict }) => verdict === "collapsed").length;
      const last100 = median(runs.map(({ averageReturn }) => averageReturn));
      const best = median(runs.map((run) => run.best));
      cells.push({ learningRate, gamma, seeds: runs.length, collapsed, last100, best, runs });
      console.log(
        `${learningRate} γ ${gamma}: last 100 ${last100.toFixed(1)}, best ${best.toFixed(1)}, ${collapsed} collapsed`,
      );
    }
  }
  return cells;
}

/** Each run is stored as soon as it is done, and is not done again after a restart. */
function harder(before, keep) {
  const tasks = [
    { env: "Acrobot-v1", episodes: 150 },
    { env: "LunarLander-v3", episodes: 650 },
  ];
  const results = before ?? [];
  for (const { env, episodes } of tasks) {
    let task = results.find((one) => one.env === env);
    if (task === undefined) results.push((task = { env, episodes, reinforce: [], ppo: [] }));
    const run = (algorithm, budget) => {
      const runs = task[algorithm];
      while (runs.length < SEEDS.length) {
        runs.push(trained({ algorithm, env, seed: runs.length, ...budget }));
        keep(results);
      }
      const last = runs.map(({ averageReturn }) => Math.round(averageReturn)).sort((x, y) => x - y);
      console.log(`${env} ${algorithm}: last 100 ${last.join(" ")}`);
    };
    run("reinforce", { episodes });
    task.steps = Math.round(median(task.reinforce.map(({ steps }) => steps)));
    run("ppo", { steps: task.steps });
  }
  return results;
}

function entropy() {
  return [0, 0.01, 0.1, 1, 10].map((entropyBonus) => {
    const runs = SEEDS.map((seed) => trained({ preset: "default", seed, episodes: 400, options: { entropyBonus } }));
    const last100 = median(runs.map(({ averageReturn }) => averageReturn));
    const last = median(runs.map((run) => run.entropy));
    console.log(`β ${entropyBonus}: entropy ${last.toFixed(3)}, last 100 ${last100.toFixed(1)}`);
    return { entropyBonus, seeds: runs.length, entropy: last, last100, runs };
  });
}

async function grid() {
  const mdp = mdpOf(make("GridWorld-v0").table);
  const milliseconds = 1000 * (await secondsPerCall(() => void policyIteration(mdp, { gamma: 1 })));
  console.log(`policy iteration: ${milliseconds.toFixed(2)} ms`);
  const learned = ["reinforce", "ppo"].map((algorithm) => {
    const steps = SEEDS.map((seed) => {
      const run = train({ algorithm, env: "GridWorld-v0", seed, steps: 200_000, stopWhenSolved: false });
      // The best return is 3: seven moves that cost 1, and the eighth pays 10.
      for (const update of run) if (update.episodes >= 100 && update.averageReturn >= 0.95 * 3) return update.steps;
      return null;
    });
    console.log(`${algorithm}: ${steps.join(" ")}`);
    return { algorithm, steps };
  });
  return { milliseconds, learned };
}
