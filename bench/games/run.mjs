/**
 * PPO in self-play with its default settings, on five seeds of each game, against marks: exactly where the tree is small,
 * else by games against players that training has not met. Each line says pass or fail.
 *
 *   node bench/games/run.mjs [--game Kuhn-v0] [--seeds 5] [--first 0] [--steps N]
 *
 * Writes results.json, in which games that are not run keep their results.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { make } from "../../dist/envs/index.js";
import * as games from "../../dist/games/index.js";
import { evaluate, train } from "../../dist/index.js";
import { profileOfPolicy } from "../../dist/policies/index.js";
import { commit, machine } from "../race.mjs";

const { gameTree, nashConv, bestResponse } = games;

/** What is measured of a trained policy, by name, and what it has to reach. */
const marks = {
  "RockPaperScissors-v1": [exactly(0.02)],
  "MatchingPennies-v0": [exactly(0.05)],
  "Kuhn-v0": [exactly(0.02)],
  "Leduc-v0": [exactly(0.5)],
  "TicTacToe-v0": [neverLoses()],
  "ConnectFour-v0": [winsAgainst("random", 0.97), winsAgainst("one-ply", 0.6)],
};

const { values: given } = parseArgs({
  options: {
    game: { type: "string", multiple: true },
    seeds: { type: "string", default: "5" },
    first: { type: "string", default: "0" },
    steps: { type: "string" },
  },
});
const seeds = Array.from({ length: Number(given.seeds) }, (_, k) => Number(given.first) + k);
const file = new URL("results.json", import.meta.url);
const known = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")).games : {};
for (const id of given.game ?? Object.keys(marks)) {
  known[id] = seeds.map((seed) => {
    const result = trained(id, seed);
    const shown = result.measures.map(
      ({ name, value, passed }) => `${name} ${value.toFixed(4)} ${passed ? "pass" : "FAIL"}`,
    );
    console.log(
      `${id} seed ${seed}: ${shown.join(", ")}; ${result.seconds.toFixed(0)} s, of the processor ${result.cpuSeconds.toFixed(0)} s, ${result.steps} steps`,
    );
    return result;
  });
  const about = { bench: "games", commit: commit(), machine: machine() };
  writeFileSync(file, `${JSON.stringify({ ...about, games: known }, null, 2)}\n`);
}

function trained(id, seed) {
  const start = performance.now();
  const before = process.cpuUsage();
  const run = train({ algorithm: "ppo", env: id, seed, ...(given.steps && { steps: Number(given.steps) }) });
  for (const _ of run);
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(before);
  const cpuSeconds = (user + system) / 1e6;
  const measures = marks[id].map((measure) => measure(id, run.policy));
  return { seed, steps: run.result().steps, seconds, cpuSeconds, weights: run.result().weightsSha256, measures };
}

/** NashConv of the policy as it plays. */
function exactly(most) {
  return (id, policy) => {
    const tree = gameTree(make(id).game);
    const value = nashConv(tree, profileOfPolicy(tree, policy));
    return { name: "NashConv", value, most, passed: value <= most };
  };
}

/** What the best reply to the policy's likeliest moves wins, in the seat in which it wins more. */
function neverLoses() {
  return (id, policy) => {
    const tree = gameTree(make(id).game);
    const profile = likeliest(tree, profileOfPolicy(tree, policy));
    const value = Math.max(bestResponse(tree, profile, 0).value, bestResponse(tree, profile, 1).value);
    return { name: "best reply wins", value, most: 0, passed: value <= 0 };
  };
}

function likeliest({ sets }, profile) {
  const sure = new Float64Array(profile.length);
  for (const { offset, moves } of sets) {
    const own = Array.from(profile.subarray(offset, offset + moves.length));
    sure[offset + own.indexOf(Math.max(...own))] = 1;
  }
  return sure;
}

/** The share of 1,000 games won by the policy's likeliest moves, half of them begun. Draws are not won. */
function winsAgainst(opponents, least) {
  return (id, policy) => {
    const env = make(id, { opponents, slips: 0, openings: 0 });
    const { returns } = evaluate(policy, env, { episodes: 1000, seed: 1, deterministic: true });
    const value = returns.filter((winnings) => winnings > 0).length / returns.length;
    return { name: `wins against ${opponents}`, value, least, passed: value >= least };
  };
}
