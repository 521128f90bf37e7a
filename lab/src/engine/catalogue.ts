import { listEnvs } from "ascent";
import { listAlgorithms } from "ascent/algorithms";
import type { Catalogue } from "../protocol.js";

/** Everything that can be chosen, as plain data: the page holds no engine, so it learns from this what there is. */
export function catalogue(): Catalogue {
  return {
    algorithms: listAlgorithms().map(({ name, summary, options, presets }) => ({
      name,
      summary,
      options: plain(options),
      presets: Object.fromEntries(
        Object.entries(presets).map(([preset, { summary, warning, envs = {}, onlyThese }]) => [
          preset,
          { summary, warning, only: onlyThese ? Object.keys(envs) : undefined },
        ]),
      ),
    })),
    envs: listEnvs().map(({ id, summary, options, rewardThreshold, framesPerSecond = 30 }) => ({
      id,
      summary,
      options: plain(options),
      threshold: rewardThreshold,
      framesPerSecond,
    })),
  };
}

/** A schema without the functions that a default may be: messages can't carry those. */
function plain<S extends Readonly<Record<string, { readonly default: unknown }>>>(schema: S): S {
  const entries = Object.entries(schema).map(([name, option]) => [
    name,
    typeof option.default === "function" ? { ...option, default: option.default(0) } : option,
  ]);
  return Object.fromEntries(entries) as S;
}
