/** What a reader's code may import: all of Ascent that runs in a browser. `ascent/envs` tells how its episodes went. */

import * as ascent from "ascent";
import * as algorithms from "ascent/algorithms";
import * as distributions from "ascent/distributions";
import * as envs from "ascent/envs";
import * as estimators from "ascent/estimators";
import * as language from "ascent/language";
import * as lecture from "ascent/lecture";
import * as maths from "ascent/maths";
import * as nn from "ascent/nn";
import * as optim from "ascent/optim";
import * as plot from "ascent/plot";
import * as policies from "ascent/policies";
import * as random from "ascent/random";
import * as rollout from "ascent/rollout";
import * as scene from "ascent/scene";
import * as spaces from "ascent/spaces";
import * as tabular from "ascent/tabular";
import * as tensor from "ascent/tensor";

/** Hears the return of each episode. */
export type Hearer = (episodeReturn: number) => void;

/** `require` as the code sees it. @throws Error with the names that there are */
export function modulesFor(hear: Hearer): (name: string) => unknown {
  const modules: Readonly<Record<string, unknown>> = {
    ascent,
    "ascent/algorithms": algorithms,
    "ascent/distributions": distributions,
    "ascent/envs": { ...envs, make: heard(envs.make, hear) },
    "ascent/estimators": estimators,
    "ascent/language": language,
    "ascent/lecture": lecture,
    "ascent/maths": maths,
    "ascent/nn": nn,
    "ascent/optim": optim,
    "ascent/plot": plot,
    "ascent/policies": policies,
    "ascent/random": random,
    "ascent/rollout": rollout,
    "ascent/scene": scene,
    "ascent/spaces": spaces,
    "ascent/tabular": tabular,
    "ascent/tensor": tensor,
  };
  return (name) => {
    if (!Object.hasOwn(modules, name))
      throw new Error(`There is no "${name}" here. There are ${Object.keys(modules).join(", ")}.`);
    return modules[name];
  };
}

/** `make` whose environments are listened to. */
function heard(
  make: typeof envs.make,
  hear: Hearer,
): (id: string, options?: Readonly<Record<string, unknown>>) => envs.AnyEnv {
  return (id, options) => {
    const env = make(id, options);
    const { step } = env;
    let sum = 0;
    env.step = (action) => {
      const result = step.call(env, action);
      sum += result.reward;
      if (result.terminated || result.truncated) {
        hear(sum);
        sum = 0;
      }
      return result;
    };
    return env;
  };
}
