/** Environments that MuJoCo simulates: a model in MJCF, and what is seen, paid and ended. */

import type { Env, Info } from "../envs/env.js";
import { noResetOptions } from "../envs/no-reset-options.js";
import { ResetNeeded } from "../envs/reset-needed.js";
import { packFloats, readSnapshot } from "../envs/snapshot.js";
import { ConfigError } from "../errors.js";
import { defaultRng, type Generator } from "../random/generator.js";
import { type Box, box } from "../spaces/box.js";
import { type Camera, drawRobot } from "./draw-robot.js";
import { isLoaded } from "./native/load.js";
import { compiled } from "./native/state-cache.js";
import { type Robot, simulate } from "./robot.js";

/** What `mujocoEnv` makes an environment from. */
export interface MujocoTask {
  /** The model, as MJCF. Its motors are the actions. */
  readonly xml: string;
  /** Steps of the simulation for each action. */
  readonly frameSkip: number;
  /** Sets `qpos` and `qvel` at the start of an episode. They are those of the model before, and stay so without it. */
  start?(robot: Robot, rng: Generator): void;
  /** The observation. It is rounded to float32. */
  observe(robot: Robot): ArrayLike<number>;
  /** What the next `judge` has to know of the present state, such as where the robot is. */
  track?(robot: Robot): readonly number[];
  /** Reward and end of a step. `before` is what `track` returned before it. */
  judge(robot: Robot, action: Float32Array, before: readonly number[]): Judgement;
  /** Whether `contactForces` are computed, which takes time. Default: no. */
  readonly contactForces?: boolean | undefined;
  /** Default: any numbers, as many as `observe` returns. */
  readonly observationSpace?: Box | undefined;
  /** Default: the control ranges of the model. */
  readonly actionSpace?: Box | undefined;
  /** How it is drawn. Default: from the side, four metres around the origin. */
  readonly camera?: Camera | undefined;
}

/** The result of a step. */
export interface Judgement {
  readonly reward: number;
  /** Default: it goes on. */
  readonly terminated?: boolean;
  readonly info?: Info;
}

/**
 * An environment from a model in MJCF. MuJoCo has to be loaded: `await loadMujoco()`. Snapshots are exact, and the same
 * seed and actions give the same bits in every process, worker and page. There is nothing to close.
 *
 * @throws ConfigError if MuJoCo isn't loaded or can't compile the model
 */
export function mujocoEnv(task: MujocoTask): Env<Float32Array, Float32Array, Box, Box> {
  const { xml, frameSkip, contactForces = false, camera } = task;
  if (!Number.isSafeInteger(frameSkip) || frameSkip < 1)
    throw new ConfigError({ field: "frameSkip", given: frameSkip, allowed: "a whole number of at least 1" });
  if (isLoaded()) compiled(xml);
  const robot = simulate(xml, frameSkip, contactForces);
  const rng = defaultRng(0);
  const actionSpace = task.actionSpace ?? controlRanges(xml);
  const observationSpace = task.observationSpace ?? anyNumbers(seenAtFirst(task));
  let before: readonly number[] = [];
  let running = false;

  const observe = (): Float32Array => {
    before = task.track?.(robot) ?? [];
    return Float32Array.from(task.observe(robot));
  };

  return {
    observationSpace,
    actionSpace,
    reset({ seed, options } = {}) {
      noResetOptions(options);
      if (seed !== undefined) rng.reseed(seed);
      robot.reset(() => task.start?.(robot, rng));
      running = true;
      return { observation: observe(), info: {} };
    },
    step(action) {
      if (!running) throw new ResetNeeded();
      if (!isAction(action, actionSpace))
        throw new ConfigError({ field: "action", given: action, allowed: `a value of ${actionSpace}` });
      robot.act(action);
      const { reward, terminated = false, info = {} } = task.judge(robot, action, before);
      running = !terminated;
      return { observation: observe(), reward, terminated, truncated: false, info };
    },
    render: () => drawRobot(robot.posed(), camera),
    snapshot: () => ({ running, state: [robot.numbers(), running ? before : []].map(packFloats), rng: rng.snapshot() }),
    restore(snapshot) {
      const read = readSnapshot(snapshot);
      const wasRunning = read.flag("running");
      const numbers = new Float64Array(compiled(xml).stateSize);
      const tracked = new Float64Array(wasRunning ? tracks(task) : 0);
      read.columns("state", [numbers, tracked]);
      rng.restore(read.json("rng"));
      // Everything has been read and checked, so the environment cannot end up half restored.
      running = wasRunning;
      before = [...tracked];
      robot.restore([...numbers]);
    },
  };
}

/** Beyond the bounds too: MuJoCo cuts the control, and the cost is of the action as it was chosen. */
function isAction(action: unknown, { low }: Box): action is Float32Array {
  return action instanceof Float32Array && action.length === low.length && action.every(Number.isFinite);
}

/** A robot of its own at the start that the model says. */
function fresh({ xml, frameSkip, contactForces = false }: MujocoTask): Robot {
  const robot = simulate(xml, frameSkip, contactForces);
  robot.reset(() => undefined);
  return robot;
}

function seenAtFirst(task: MujocoTask): number {
  return task.observe(fresh(task)).length;
}

function tracks(task: MujocoTask): number {
  return task.track?.(fresh(task)).length ?? 0;
}

/** The space of as many numbers as one likes. */
export function anyNumbers(length: number): Box {
  return box({ low: -Infinity, high: Infinity, shape: [length] });
}

/** A control without a range has MuJoCo's 0 to 0. */
function controlRanges(xml: string): Box {
  const { nu, actuator_ctrlrange: range } = compiled(xml).native;
  if (nu === 0) throw new ConfigError({ field: "xml", given: "no actuator", allowed: "a model with an actuator" });
  const limited = (i: number): boolean => range[2 * i] < range[2 * i + 1];
  const bound = (side: 0 | 1, none: number): number[] =>
    Array.from({ length: nu }, (_, i) => (limited(i) ? range[2 * i + side] : none));
  return box({ low: bound(0, -Infinity), high: bound(1, Infinity) });
}
