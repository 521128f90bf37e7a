import { ConfigError } from "../errors.js";
import { resolveOptions } from "../options.js";
import { defaultRng } from "../random/generator.js";
import type { Dynamics } from "./dynamics.js";
import type { Env } from "./env.js";
import { ResetNeeded } from "./reset-needed.js";
import { packFloats, readSnapshot } from "./snapshot.js";

/** Makes an environment from equations for one copy (`dynamics.n` is 1). */
export function single(dynamics: Dynamics): Env<Float32Array, number | Float32Array> {
  const { observationSpace, actionSpace, actions, rewards, terminated, state, turns, phases } = dynamics;
  const size = observationSpace.low.length;
  const rng = defaultRng(0);
  const usual = resolveOptions(dynamics.resetOptions);
  let running = false;

  const observe = (): Float32Array => {
    const observation = new Float32Array(size);
    dynamics.observe(0, observation, 0);
    return observation;
  };
  const take = (action: number | Float32Array): void => {
    if (typeof action === "number") {
      if (actionSpace.kind !== "discrete" || !actionSpace.contains(action)) refuse(action);
      actions[0] = action;
    } else {
      if (actionSpace.kind === "discrete" || action?.length !== actions.length) refuse(action);
      for (let i = 0; i < actions.length; i++) {
        if (!Number.isFinite(action[i])) refuse(action);
        actions[i] = Math.fround(action[i]);
      }
    }
  };
  const refuse = (action: unknown): never => {
    throw new ConfigError({ field: "action", given: action, allowed: `a value of ${actionSpace}` });
  };

  return {
    observationSpace,
    actionSpace,
    reset({ seed, options } = {}) {
      if (seed !== undefined) rng.reseed(seed);
      const chosen = options === undefined ? usual : resolveOptions(dynamics.resetOptions, options, "reset.options");
      dynamics.start(0, rng, chosen);
      turns.computeOne(0);
      running = true;
      return { observation: observe(), info: {} };
    },
    step(action) {
      if (!running) throw new ResetNeeded();
      take(action);
      for (const phase of phases) {
        phase(0, rng);
        turns.compute();
      }
      dynamics.judge?.(0);
      running = terminated[0] === 0;
      return { observation: observe(), reward: rewards[0], terminated: !running, truncated: false, info: {} };
    },
    render: () => dynamics.draw(0),
    snapshot: () => ({ running, state: state.map(packFloats), rng: rng.snapshot() }),
    restore(snapshot) {
      const read = readSnapshot(snapshot);
      const columns = state.map((column) => column.slice());
      read.columns("state", columns);
      const wasRunning = read.flag("running");
      rng.restore(read.json("rng"));
      // Everything has been read and checked, so the environment cannot end up half restored.
      running = wasRunning;
      state.forEach((column, k) => {
        column.set(columns[k]);
      });
      turns.compute();
    },
  };
}
