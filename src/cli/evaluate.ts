/** `ascent evaluate`: the mean return of a trained policy, with a confidence interval. */

import { isAsync } from "../envs/async-env.js";
import { flag, int, optional, text } from "../options.js";
import { envName } from "../training/env-name.js";
import { evaluate, evaluateAsync } from "../training/evaluate.js";
import { actingOptions, readActing } from "./acting-options.js";
import { asFlags, readCommandLine } from "./arguments.js";
import { shown } from "./closing.js";
import { count, figure } from "./figures.js";
import { printableJson } from "./printable.js";
import { loadRunPolicy } from "./run-policy.js";
import { DONE, type Subcommand } from "./subcommand.js";

const USAGE = "ascent evaluate [run] [options]";

const options = {
  episodes: int(100, { min: 1, max: 1e7, help: "how many to play" }),
  ...actingOptions,
  opponents: optional(
    text("random", { meaning: "a player of the game", help: "in a game: who plays the other side (default: random)" }),
  ),
  json: flag(false, { help: "print one JSON object, with every return" }),
};

export const subcommand: Subcommand = {
  usage: USAGE,
  examples: [
    "ascent evaluate",
    "ascent evaluate reinforce-CartPole-v1-seed0 --episodes 1000 --deterministic",
    "ascent evaluate ppo-ConnectFour-v0-seed0 --opponents one-ply",
  ],
  flags: () => [{ heading: "Options", flags: asFlags(options) }],

  async run({ tokens, imports }) {
    const { words, values } = readCommandLine(tokens, options, { name: "evaluate", usage: USAGE, words: 1 });
    const { policy: wanted, deterministic, seed } = readActing(values);
    const { episodes, opponents, json } = values;
    const { folder, which, policy, config, makeEnv } = await loadRunPolicy(words[0], wanted, imports);
    const env = makeEnv(opponents === undefined ? {} : { opponents, slips: 0, openings: 0 });
    const how = { episodes, seed, deterministic };
    const { mean, interval, min, max, returns, lengths } = isAsync(env)
      ? await evaluateAsync(policy, env, how)
      : evaluate(policy, env, how);
    const meanLength = lengths.reduce((total, length) => total + length, 0) / episodes;
    if (json) {
      const setting = { run: folder, env: config.env, policy: which, deterministic, seed: String(seed), episodes };
      const figures = { mean, interval, min, max, meanLength, returns, lengths };
      process.stdout.write(`${printableJson({ ...setting, ...figures })}\n`);
      return DONE;
    }
    const [low, high] = interval;
    const actions = deterministic ? "likeliest actions" : "sampled actions";
    const shortest = lengths.reduce((a, b) => Math.min(a, b));
    const longest = lengths.reduce((a, b) => Math.max(a, b));
    process.stdout.write(
      [
        `${shown(folder)}: ${which} policy on ${envName(config)}, ${actions}, ${count(episodes, "episode")}, seed ${seed}`,
        `Return  ${figure(mean)}, 95 % interval ${figure(low)} to ${figure(high)}, from ${figure(min)} to ${figure(max)}`,
        `Length  ${figure(meanLength)}, from ${figure(shortest)} to ${figure(longest)}`,
        "",
      ].join("\n"),
    );
    return DONE;
  },
};
