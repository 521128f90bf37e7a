/** `ascent evaluate`: how good a trained policy is, with an interval that says how sure that is. */

import { envName } from "../training/env-name.js";
import { evaluate } from "../training/evaluate.js";
import { flag, int } from "../options.js";
import { atMost, type Flags, flagValues, splitArguments } from "./arguments.js";
import { shown } from "./closing.js";
import { type Command, DONE } from "./command.js";
import { count, figure } from "./figures.js";
import { playingFlags, readPlaying } from "./playing.js";
import { loadRunPolicy } from "./run-policy.js";

const USAGE = "ascent evaluate [run] [options]";
const EPISODES = 100;

const flags: Flags = {
  episodes: int(EPISODES, { min: 1, max: 1e7, help: "how many to play" }),
  ...playingFlags,
  json: flag(false, { help: "print one JSON object, with every return" }),
};

export const command: Command = {
  usage: USAGE,
  examples: ["ascent evaluate", "ascent evaluate reinforce-CartPole-v1-seed0 --episodes 1000 --deterministic"],
  flags: () => [{ heading: "Options", flags }],

  async run(args) {
    const { words, typed } = splitArguments(args, flags);
    atMost(words, 1, USAGE);
    const values = flagValues(typed, flags, "evaluate");
    const { policy: wanted, deterministic, seed } = readPlaying(values);
    const episodes = (values.get("episodes") as number | undefined) ?? EPISODES;
    const { folder, which, policy, config, makeEnv } = loadRunPolicy(words[0], wanted);
    const { mean, interval, min, max, returns, lengths } = evaluate(policy, makeEnv(), {
      episodes,
      seed,
      deterministic,
    });
    const meanLength = lengths.reduce((total, length) => total + length, 0) / episodes;
    if (values.get("json") === true) {
      const setting = { run: folder, env: config.env, policy: which, deterministic, seed: String(seed), episodes };
      const figures = { mean, interval, min, max, meanLength, returns, lengths };
      process.stdout.write(`${JSON.stringify({ ...setting, ...figures })}\n`);
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
