import { ConfigError } from "../../errors.js";
import { resolveOptions } from "../../options.js";
import { defaultRng, type Generator } from "../../random/generator.js";
import type { Discrete } from "../../spaces/discrete.js";
import type { Dynamics } from "../dynamics.js";
import { ResetNeeded } from "../reset-needed.js";
import { packFloats, readSnapshot } from "../snapshot.js";
import { type BatchedEnv, checkActions, checkSeeds } from "./batched-env.js";

/** Makes a batch from equations, computed for all copies at once. `maxEpisodeSteps` 0 means no limit. */
export function sideBySide(dynamics: Dynamics, maxEpisodeSteps: number): BatchedEnv {
  const { n, observationSpace, actionSpace, rewards, terminated, state, turns, phases } = dynamics;
  const size = observationSpace.low.length;
  const actionSize = actionSpace.kind === "discrete" ? 1 : actionSpace.low.length;
  const rngs: Generator[] = Array.from({ length: n }, () => defaultRng(0));
  const startOptions = resolveOptions(dynamics.resetOptions);
  const observations = new Float32Array(n * size);
  const finalObservations = new Float32Array(n * size);
  const truncated = new Uint8Array(n);
  const steps = new Int32Array(n);
  const kept = [...state, steps, observations];
  const limit = maxEpisodeSteps > 0 ? maxEpisodeSteps : 2 ** 31 - 1;
  let running = false;

  function begin(i: number): void {
    dynamics.start(i, rngs[i], startOptions);
    turns.computeOne(i);
    dynamics.observe(i, observations, i * size);
  }
  function take(actions: Int32Array | Float32Array): void {
    if (!running) throw new ResetNeeded();
    checkActions(actions, n, actionSize);
    const bad = actionSpace.kind === "discrete" ? firstOutside(actions, actionSpace) : firstInfinite(actions);
    if (bad >= 0)
      throw new ConfigError({ field: `actions[${bad}]`, given: actions[bad], allowed: `a value of ${actionSpace}` });
    dynamics.actions.set(actions);
  }

  return {
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
    reset(seeds) {
      checkSeeds(seeds, n);
      for (let i = 0; i < n; i++) {
        if (seeds !== undefined) rngs[i].reseed(seeds[i]);
        begin(i);
      }
      steps.fill(0);
      running = true;
    },
    step(actions) {
      take(actions);
      for (const phase of phases) {
        for (let i = 0; i < n; i++) phase(i, rngs[i]);
        turns.compute();
      }
      if (dynamics.judge) for (let i = 0; i < n; i++) dynamics.judge(i);
      let ended = 0;
      for (let i = 0; i < n; i++) {
        const cut = ++steps[i] >= limit;
        truncated[i] = cut ? 1 : 0;
        dynamics.observe(i, observations, i * size);
        if (!cut && terminated[i] === 0) continue;
        ended++;
        for (let k = i * size; k < (i + 1) * size; k++) finalObservations[k] = observations[k];
        begin(i);
        steps[i] = 0;
      }
      return ended;
    },
    snapshot: () => ({
      running,
      state: kept.map(packFloats),
      rngs: rngs.map((rng) => rng.snapshot()),
    }),
    restore(snapshot) {
      const read = readSnapshot(snapshot);
      const saved = read.json("rngs");
      if (!Array.isArray(saved) || saved.length !== n)
        throw new ConfigError({ field: "snapshot.rngs", given: saved, allowed: `${n} of them` });
      read.columns("state", kept);
      turns.compute();
      running = read.flag("running");
      rngs.forEach((rng, i) => {
        rng.restore(saved[i]);
      });
    },
  };
}

function firstOutside(actions: Int32Array | Float32Array, { start, n }: Discrete): number {
  for (let i = 0; i < actions.length; i++) {
    const action = actions[i];
    if (!(action >= start && action < start + n) || action !== Math.floor(action)) return i;
  }
  return -1;
}

function firstInfinite(actions: Int32Array | Float32Array): number {
  for (let i = 0; i < actions.length; i++) {
    if (!Number.isFinite(actions[i])) return i;
  }
  return -1;
}
