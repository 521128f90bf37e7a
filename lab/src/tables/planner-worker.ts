/** Plans in a worker: the world's model, and the linear systems of its values. */

import { make, type TabularEnv } from "ascent/envs";
import { Planner } from "./planner.js";
import type { FromPlanner, Standing, ToPlanner } from "./planner-protocol.js";

let planner: Planner | undefined;

self.addEventListener("message", ({ data }: MessageEvent<ToPlanner>) => {
  let answer: FromPlanner;
  try {
    answer = answered(data);
  } catch (error) {
    answer = { type: "broken", message: error instanceof Error ? error.message : String(error) };
  }
  self.postMessage(answer);
});

function answered(message: ToPlanner): FromPlanner {
  if (message.type === "world") {
    const { env, options, gamma } = message.world;
    planner = new Planner((make(env, options) as unknown as TabularEnv).table, gamma);
    return { type: "standing", standing: standingOf(planner) };
  }
  if (planner === undefined) throw new Error("There is no world to plan in.");
  switch (message.type) {
    case "judge": {
      const values = planner.judge(message.policy);
      return { type: "judgement", judgement: { values, worth: values && planner.worth(values) } };
    }
    case "sweep":
      planner.sweep(message.method);
      break;
    case "improve":
      planner.improve();
      break;
    case "advance":
      for (let i = 0; i < message.moves && !planner.done; i++) planner.advance(message.method);
  }
  return { type: "standing", standing: standingOf(planner) };
}

function standingOf(planner: Planner): Standing {
  const { policy, values, optimum, sweeps, evaluations, improvements, change, done } = planner;
  const [worth, optimalWorth] = [planner.worth(values), planner.worth(optimum)];
  return { policy, values, optimum, worth, optimalWorth, sweeps, evaluations, improvements, change, done };
}
