/** The worker of the room "Runs": describes runs, evaluates policies, plays with them, and sums up sweeps. */

import { listEnvs, loadPolicy, make } from "ascent";
import { algorithmEntry } from "ascent/algorithms";
import { commandOf } from "ascent/links";
import { playEpisode } from "../engine/play-episode.js";
import { presetOptions } from "../engine/preset-options.js";
import type { ResolvedConfig } from "../protocol.js";
import { evaluatePolicy } from "./evaluate-policy.js";
import type { Answered, Answers, Asked, Description, Question } from "./reader-protocol.js";
import { loadRobots } from "./robots.js";

type Loaded = ReturnType<typeof loadPolicy>;

let loaded: Loaded | undefined;

self.addEventListener("message", ({ data }: MessageEvent<Asked>) => {
  const { request } = data;
  answer(data).then(
    (found) => post({ request, answer: found }),
    (error: unknown) => post({ request, failed: error instanceof Error ? error.message : String(error) }),
  );
});

function post(message: Answered): void {
  self.postMessage(message);
}

async function answer(question: Question): Promise<Answers[keyof Answers]> {
  switch (question.type) {
    case "describe":
      return describe(question.config, question.until);
    case "load":
      loaded = loadPolicy(question.bytes);
      await loadRobots(loaded.config.env);
      return { env: loaded.config.env };
    case "evaluate": {
      const { config, policy } = theLoaded();
      return evaluatePolicy(policy, () => envOf(config), question);
    }
    case "play": {
      const { config, policy } = theLoaded();
      envOf(config);
      return playEpisode({ config, policy, best: () => policy, updates: 0, valuesOf: undefined }, question.options);
    }
    case "sweep": {
      const { summed } = await import("./summed-sweep.js");
      return summed(question.details, question.outcomes);
    }
  }
}

function theLoaded(): Loaded {
  if (loaded === undefined) throw new Error("No policy was loaded.");
  return loaded;
}

/** @throws Error where this page has no such environment */
function envOf({ env, envOptions }: ResolvedConfig): ReturnType<typeof make> {
  if (env === null) throw new Error("The environment of this run has no name, so it can't be made again here.");
  if (!listEnvs().some(({ id }) => id === env))
    throw new Error(`${env} comes from a module of its own, which this page does not run. Use npx ascent evaluate.`);
  return make(env, envOptions);
}

/** @throws Error if the run has an algorithm or an environment that is not built in */
function describe(config: ResolvedConfig, until: number | null): Description {
  const { options } = algorithmEntry(config.algorithm);
  const ofEnv = listEnvs().find(({ id }) => id === config.env);
  const usual: Readonly<Record<string, unknown>> = {
    ...Object.fromEntries(Object.entries(options).map(([name, option]) => [name, option.default])),
    ...presetOptions(config),
  };
  const differing = (values: object, from: Readonly<Record<string, unknown>>, prefix: string) =>
    Object.entries(values).flatMap(([name, value]): [string, unknown, unknown][] =>
      JSON.stringify(value) === JSON.stringify(from[name]) ? [] : [[prefix + name, value, from[name]]],
    );
  const ofEnvUsual = Object.fromEntries(
    Object.entries(ofEnv?.options ?? {}).map(([name, option]) => [name, option.default]),
  );
  return {
    command: commandOf(config, until),
    different: [...differing(config.options, usual, ""), ...differing(config.envOptions, ofEnvUsual, "env.")],
    threshold: until ?? ofEnv?.rewardThreshold,
  };
}
