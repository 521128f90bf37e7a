/** `ascent doctor`: why a run does not learn, and what is wrong with an environment. */

import { asFlags, readCommandLine } from "./arguments.js";
import { doctorEnv } from "./doctor-env.js";
import { doctorOptions } from "./doctor-flags.js";
import { doctorRun } from "./doctor-run.js";
import type { Subcommand } from "./subcommand.js";
import { UsageError } from "./usage-error.js";

const USAGE = "ascent doctor [run] [options], or ascent doctor env <environment> [options]";

export const subcommand: Subcommand = {
  usage: USAGE,
  examples: [
    "ascent doctor",
    "ascent doctor ppo-CartPole-v1-seed0 --json",
    "ascent doctor env Pendulum-v1",
    "ascent doctor env ./walk.ts:Walk-v9",
  ],
  flags: () => [{ heading: "Options", flags: asFlags(doctorOptions) }],

  async run({ tokens, imports }) {
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
