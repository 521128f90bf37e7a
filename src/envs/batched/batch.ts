import { ConfigError } from "../../errors.js";
import { flatSize, flattenInto } from "../../spaces/flatten.js";
import type { Space } from "../../spaces/space.js";
import type { AnyEnv, Json, Value } from "../env.js";
import { ResetNeeded } from "../reset-needed.js";
import { packFloats, readSnapshot } from "../snapshot.js";
import { type BatchedEnv, checkActions, checkSeeds } from "./batched-env.js";

/** `n` copies of any environment behind the interface of a batch: `batch(8, () => make("Taxi-v4"))`. */
export function batch(n: number, create: () => AnyEnv): BatchedEnv {
  if (!Number.isSafeInteger(n) || n < 1)
    throw new ConfigError({ field: "n", given: n, allowed: "a whole number of at least 1" });
  const envs = Array.from({ length: n }, create);
  const { observationSpace, actionSpace } = envs[0];
  const size = flatSize(observationSpace);
  const actionSize = actionSpace.shape.reduce((product, length) => product * length, 1);
  const actionOf = actionReader(actionSpace, actionSize);
  const observations = new Float32Array(n * size);
  const finalObservations = new Float32Array(n * size);
  const rewards = new Float64Array(n);
  const terminated = new Uint8Array(n);
  const truncated = new Uint8Array(n);
  const masks = actionMasks(envs);
  let running = false;

  const batched: BatchedEnv = {
    n,
    observationSpace,
    actionSpace,
    observationSize: size,
    actionSize,
    observations,
    finalObservations,
    rewards,
    terminated,
    truncated,
    ...(masks && { actionMasks: masks.rows }),
    reset(seeds) {
      checkSeeds(seeds, n);
      envs.forEach((env, i) => {
        const { observation } = env.reset(seeds === undefined ? {} : { seed: seeds[i] });
        flattenInto(observationSpace, observation, observations, i * size);
        masks?.read(i);
      });
      running = true;
    },
    step(actions) {
      if (!running) throw new ResetNeeded();
      checkActions(actions, n, actionSize);
      let ended = 0;
      for (let i = 0; i < n; i++) {
        const result = envs[i].step(actionOf(actions, i));
        rewards[i] = result.reward;
        terminated[i] = result.terminated ? 1 : 0;
        truncated[i] = result.truncated ? 1 : 0;
        let next = result.observation;
        if (result.terminated || result.truncated) {
          ended++;
          flattenInto(observationSpace, next, finalObservations, i * size);
          next = envs[i].reset().observation;
        }
        flattenInto(observationSpace, next, observations, i * size);
        masks?.read(i);
      }
      return ended;
    },
  };
  if (envs.every((env) => env.snapshot && env.restore)) {
    batched.snapshot = () => ({
      running,
      observations: [packFloats(observations)],
      envs: envs.map((env) => env.snapshot?.() as Json),
    });
    batched.restore = (snapshot) => {
      const read = readSnapshot(snapshot);
      const saved = read.json("envs");
      if (!Array.isArray(saved) || saved.length !== n)
        throw new ConfigError({ field: "snapshot.envs", given: saved, allowed: `${n} of them` });
      read.columns("observations", [observations]);
      running = read.flag("running");
      envs.forEach((env, i) => {
        env.restore?.(saved[i]);
        if (running) masks?.read(i);
      });
    };
  }
  return batched;
}

/** Which actions each copy allows, where the environments say so. */
function actionMasks(envs: readonly AnyEnv[]): { rows: Uint8Array; read(i: number): void } | undefined {
  if (envs[0].actionMask === undefined) return undefined;
  const space = envs[0].actionSpace;
  if (space.kind !== "discrete" && space.kind !== "multi-discrete") {
    const allowed = "none: only choices among actions can be masked, those of a Discrete or a MultiDiscrete space";
    throw new ConfigError({ field: "actionMask", given: `one for ${space}`, allowed });
  }
  const width = flatSize(space);
  const rows = new Uint8Array(envs.length * width);
  return {
    rows,
    read(i) {
      const mask = envs[i].actionMask?.();
      if (mask?.length !== width)
        throw new ConfigError({ field: "actionMask()", given: mask, allowed: `${width} entries, one an action` });
      for (let j = 0; j < width; j++) rows[i * width + j] = mask[j] === 0 ? 0 : 1;
    },
  };
}

/** Row `i` of the actions as a value of the action space, fresh, so that an environment may keep it. */
function actionReader(space: Space<Value>, size: number): (actions: Int32Array | Float32Array, i: number) => Value {
  switch (space.kind) {
    case "discrete":
      return (actions, i) => actions[i];
    case "box":
      return (actions, i) => Float32Array.from(actions.subarray(i * size, (i + 1) * size));
    case "multi-discrete":
      return (actions, i) => Int32Array.from(actions.subarray(i * size, (i + 1) * size));
    case "multi-binary":
      return (actions, i) => Int8Array.from(actions.subarray(i * size, (i + 1) * size));
    case "tuple":
      throw new ConfigError({ field: "actionSpace", given: String(space), allowed: "any space but Tuple in a batch" });
  }
}
