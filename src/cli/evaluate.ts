/** `ascent evaluate`: how good a trained policy is, with an interval that says how sure that is. */

import { evaluate } from "../evaluate.js";
import { flag, int, text } from "../options.js";
import { atMost, type Flags, flagValues, optional, splitArguments } from "./arguments.js";
import { shown } from "./closing.js";
import { type Command, DONE } from "./command.js";
import { count, figure } from "./figures.js";
import { loadRunPolicy, policyFlag } from "./run-policy.js";
import { readSeed, SEED_MEANING } from "./seed.js";
import { UsageError } from "./usage-error.js";

const USAGE = "ascent evaluate [run] [options]";

const flags: Flags = {
  episodes: int(100, { min: 1, max: 1e7, help: "how many to play" }),
  policy: policyFlag,
  deterministic: optional(flag(false, { help: "the likeliest action in every state" })),
  stochastic: optional(flag(true, { help: "actions drawn as in training; this is the default" })),
  seed: text("0", { meaning: SEED_MEANING, help: "of the episodes; none of them was trained on" }),
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
    if (values.has("deterministic") && values.has("stochastic"))
      throw new UsageError("choose one of --deterministic and --stochastic");
    const deterministic = values.get("deterministic") === true || values.get("stochastic") === false;
    const episodes = (values.get("episodes") as number | undefined) ?? 100;
    const seed = readSeed(values.get("seed") as string | undefined) ?? 0n;
    const { folder, which, policy, config, makeEnv } = loadRunPolicy(
      words[0],
      (values.get("policy") as "best" | "last") ?? "best",
    );
    const { mean, interval, min, max, returns, lengths } = evaluate(policy, makeEnv(), {
      episodes,
      seed,
      deterministic,
    });
    const meanLength = lengths.reduce((total, length) => total + length, 0) / episodes;
    if (values.get("json") === true) {
      const setting = { run: folder, env: config.env, policy: which, deterministic, seed: String(seed), episodes };
      process.stdout.write(
        `${JSON.stringify({ ...setting, mean, interval, min, max, meanLength, returns, lengths })}\n`,
      );
      return DONE;
    }
    const actions = deterministic ? "likeliest actions" : "sampled actions";
    process.stdout.write(
      [
        `${shown(folder)}: ${which} policy on ${config.env}, ${actions}, ${count(episodes, "episode")}, seed ${seed}`,
        `Return   ${figure(mean)}   95 % interval ${figure(interval[0])} to ${figure(interval[1])}   min ${figure(min)}   max ${figure(max)}`,
        `Length   ${figure(meanLength)}   min ${figure(Math.min(...lengths))}   max ${figure(Math.max(...lengths))}`,
        "",
      ].join("\n"),
    );
    return DONE;
  },
};
