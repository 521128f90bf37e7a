/** The arrays of a batch, and the code that `batch` and `asyncBatch` share to fill them. */

import { ConfigError } from "../../errors.js";
import type { ActionMask } from "../../spaces/action-mask.js";
import { flatSize, flattenInto } from "../../spaces/flatten.js";
import { type MaskReader, maskReader } from "../../spaces/mask.js";
import type { Space } from "../../spaces/space.js";
import type { Json, StepResult, Value } from "../env.js";
import { areDistinct } from "../innermost.js";
import type { SelfPlay } from "../self-play.js";
import { packFloats, readSnapshot } from "../snapshot.js";
import type { BatchedEnv } from "./batched-env.js";
import { type InfoNumbers, infoNumbers, NO_NUMBERS } from "./info-numbers.js";
import { OWN_COPY } from "./shared-state.js";

/** The members that synchronous and asynchronous environments share. */
export interface Copy {
  readonly observationSpace: Space<Value>;
  readonly actionSpace: Space<Value>;
  actionMask?(): ActionMask;
  readonly selfPlay?: SelfPlay | undefined;
  readonly warning?: string | undefined;
  snapshot?(): Json;
  restore?(state: Json): void;
}

/** The arrays of a batch, and functions that fill them copy by copy. */
export interface Copies {
  /** All of a batch except what resets and steps it. */
  readonly rows: Omit<BatchedEnv, "reset" | "resetCopy" | "step">;
  /** Whether the copies have been reset. */
  running: boolean;
  /** The action of copy `i`, as a value of the action space. */
  actionOf(actions: Int32Array | Float32Array, i: number): Value;
  /** Stores the first observation of an episode of copy `i`. */
  begin(i: number, observation: Value): void;
  /** Stores the result of a step of copy `i`. Returns whether its episode is over, so that the copy must be reset. */
  put(i: number, result: StepResult<Value>): boolean;
}

/** Makes the arrays for these environments. */
export function copiesOf(envs: readonly Copy[]): Copies {
  const n = envs.length;
  const { observationSpace, actionSpace } = envs[0];
  const size = flatSize(observationSpace);
  const actionSize = actionSpace.shape.reduce((product, length) => product * length, 1);
  const observations = new Float32Array(n * size);
  const finalObservations = new Float32Array(n * size);
  const rewards = new Float64Array(n);
  const terminated = new Uint8Array(n);
  const truncated = new Uint8Array(n);
  const finalInfos: InfoNumbers[] = new Array(n).fill(NO_NUMBERS);
  const masks = actionMasks(envs);
  const rows: Omit<BatchedEnv, "reset" | "resetCopy" | "step"> = {
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
    finalInfos,
    ...(masks && { actionMasks: masks.rows }),
    ...(envs[0].warning && { warning: envs[0].warning }),
    ...(envs[0].selfPlay && { selfPlay: invitingAll(envs, envs[0].selfPlay) }),
  };
  const copies: Copies = {
    rows,
    running: false,
    actionOf: actionReader(actionSpace, actionSize),
    begin(i, observation) {
      flattenInto(observationSpace, observation, observations, i * size);
      masks?.read(i);
    },
    put(i, { observation, reward, info, ...ends }) {
      const over = ends.terminated || ends.truncated;
      rewards[i] = reward;
      terminated[i] = ends.terminated ? 1 : 0;
      truncated[i] = ends.truncated ? 1 : 0;
      if (!over) copies.begin(i, observation);
      else {
        flattenInto(observationSpace, observation, finalObservations, i * size);
        finalInfos[i] = infoNumbers(info);
      }
      return over;
    },
  };
  if (envs.every((env) => env.snapshot && env.restore)) {
    rows.snapshot = () => ({
      running: copies.running,
      observations: [packFloats(observations)],
      envs: envs.map((env) => env.snapshot?.() as Json),
    });
    rows.restore = (snapshot) => {
      const read = readSnapshot(snapshot);
      const saved = read.json("envs");
      if (!Array.isArray(saved) || saved.length !== n)
        throw new ConfigError({ field: "snapshot.envs", given: saved, allowed: `${n} of them` });
      read.columns("observations", [observations]);
      copies.running = read.flag("running");
      envs.forEach((env, i) => {
        env.restore?.(saved[i]);
        if (copies.running) masks?.read(i);
      });
    };
  }
  return copies;
}

/** The self-play of the first copy, which all copies have. */
function invitingAll(envs: readonly Copy[], selfPlay: SelfPlay): SelfPlay {
  return {
    ...selfPlay,
    invite(opponents) {
      for (const env of envs) env.selfPlay?.invite(opponents);
    },
  };
}

/** Makes `n` environments. @throws ConfigError unless n is at least 1, and if two of them are one object */
export function madeCopies<E extends object>(n: number, create: (i: number) => E): E[] {
  if (!Number.isSafeInteger(n) || n < 1)
    throw new ConfigError({ field: "n", given: n, allowed: "a whole number of at least 1" });
  const envs = Array.from({ length: n }, (_, i) => create(i));
  if (!areDistinct(envs))
    throw new ConfigError({ field: "create", given: "one object for several copies", allowed: OWN_COPY });
  return envs;
}

/**
 * The array of action masks and a function that fills a row, if the environments have masks.
 *
 * @throws ConfigError if only some of them have masks
 */
function actionMasks(envs: readonly Copy[]): { rows: Uint8Array; read(i: number): void } | undefined {
  const without = envs.findIndex(({ actionMask }) => actionMask === undefined);
  const masked = envs.findIndex(({ actionMask }) => actionMask !== undefined);
  if (masked === -1) return undefined;
  if (without !== -1) throw onlySomeMasked(masked, without);
  const reader = masksOf(envs[0].actionSpace);
  const rows = new Uint8Array(envs.length * reader.size);
  return {
    rows,
    read(i) {
      const fault = reader.read(envs[i].actionMask?.(), rows, i * reader.size);
      if (fault === undefined) return;
      throw new ConfigError({ field: `actionMask()${fault.place}`, given: fault.given, allowed: fault.allowed });
    },
  };
}

/** The error about copies of which only some have masks, with the place of one of each kind. */
export function onlySomeMasked(masked: number, without: number): ConfigError {
  const given = `copy ${masked} with actionMask and copy ${without} without`;
  const allowed = "copies of one environment: all have masks or none has";
  return new ConfigError({ field: "create", given, allowed });
}

/** The reader of the masks of an action space. @throws ConfigError if it has no choices that can be masked */
export function masksOf(space: Space<unknown>): MaskReader {
  const reader = maskReader(space);
  if (reader !== undefined) return reader;
  const allowed = "none: only choices among actions can be masked, and a Box or a Tuple has none";
  throw new ConfigError({ field: "actionMask", given: `one for ${space}`, allowed });
}

/** Reads row `i` of the actions as a new value of the action space, which an environment may keep. */
function actionReader(space: Space<Value>, size: number): Copies["actionOf"] {
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
    case "dict": {
      const allowed = "any space but Tuple and Dict in a batch";
      throw new ConfigError({ field: "actionSpace", given: String(space), allowed });
    }
  }
}
