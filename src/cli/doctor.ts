/** `ascent doctor`: why a run does not learn, and what is wrong with an environment or with an algorithm. */

import { asFlags, readCommandLine } from "./arguments.js";
import { algorithmFlags, doctorAlgorithm } from "./doctor-algorithm.js";
import { doctorEnv } from "./doctor-env.js";
import { doctorOptions } from "./doctor-flags.js";
import { doctorRun } from "./doctor-run.js";
import type { Subcommand } from "./subcommand.js";
import type { Token } from "./tokens.js";
import { UsageError } from "./usage-error.js";

const USAGE =
  "ascent doctor [run] [options], ascent doctor env <environment> [options], or ascent doctor algorithm <name> [options]";

/** Whether the command is about an algorithm, whose options are then flags. */
function isAboutAlgorithm(tokens: readonly Token[]): boolean {
  const [first] = tokens.filter((token) => token.kind === "word");
  return first?.text === "algorithm";
}

export const subcommand: Subcommand = {
  usage: USAGE,
  examples: [
    "ascent doctor",
    "ascent doctor ppo-CartPole-v1-seed0 --json",
    "ascent doctor env Pendulum-v1",
    "ascent doctor env ./walk.ts:Walk-v9",
    "ascent doctor algorithm ppo --entropy-bonus 0.01",
    "ascent doctor algorithm ./mine.ts:ranked --probe reward-by-action",
  ],
  flags: (tokens) =>
    isAboutAlgorithm(tokens) ? algorithmFlags(tokens) : [{ heading: "Options", flags: asFlags(doctorOptions) }],

  async run(line) {
    const { tokens, imports } = line;
    if (isAboutAlgorithm(tokens)) return doctorAlgorithm(line);
    const { words, values } = readCommandLine(tokens, doctorOptions, { name: "doctor", usage: USAGE, words: 2 });
    const [first, second] = words;
    if (first === "env") {
      if (second === undefined) throw new UsageError(`which environment? Usage: ${USAGE}`);
      return doctorEnv(second, values);
    }
    if (second !== undefined) throw new UsageError(`"${second}" is one word too many. Usage: ${USAGE}`);
    return doctorRun(first, values, imports);
  },
};
