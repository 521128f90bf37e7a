/**
 * Taxi: pick up a passenger at one of four stops and set them down at another.
 *
 * The state is ((row · 5 + column) · 5 + passenger) · 4 + destination; actions are 0 south, 1 north, 2 east, 3 west,
 * 4 pick up, 5 set down. Arriving pays 20, a wrong pick-up or set-down costs 10, any other step 1. In the rain the cab
 * may drift to a side. A fickle passenger may change the destination during the ride. Dietterich (2000), as in
 * Gymnasium's Taxi-v4. `info.actionMask` marks the actions that change the state.
 */

import { ConfigError } from "../errors.js";
import { flag, real, type Values } from "../options.js";
import { defaultRng } from "../random/generator.js";
import { discrete } from "../spaces/discrete.js";
import type { Env } from "./env.js";
import { defineEnv } from "./env-spec.js";
import { noResetOptions } from "./no-reset-options.js";
import { ResetNeeded } from "./reset-needed.js";
import { readSnapshot } from "./snapshot.js";
import { drawIndex, drawOutcome } from "./tabular.js";
import { actionMask, decode, encode, IN_TAXI, outcomes, STATES } from "./taxi-map.js";
import { drawTaxi } from "./taxi-scene.js";

const options = {
  isRainy: flag(false, { help: "whether the cab may drift to a side" }),
  ficklePassenger: flag(false, { help: "whether the passenger may change the destination" }),
  rainyProbability: real(0.8, { min: 0, max: 1, help: "probability of going straight on in the rain" }),
  fickleProbability: real(0.3, { min: 0, max: 1, help: "probability that a fickle passenger is one" }),
};

/** Whether the passenger waits at a stop other than the destination. */
const isStart = (state: number): boolean => {
  const { passenger, destination } = decode(state);
  return passenger < IN_TAXI && passenger !== destination;
};
const start = Array.from({ length: STATES }, (_, state) => (isStart(state) ? 1 / 300 : 0));

function create({
  isRainy,
  ficklePassenger,
  rainyProbability,
  fickleProbability,
}: Values<typeof options>): Env<number, number> {
  const actionSpace = discrete(6);
  const rng = defaultRng(0);
  let state = 0;
  let running = false;
  let willChangeMind = false;
  /** The last move, which is the direction that the cab faces. */
  let heading = 0;

  return {
    observationSpace: discrete(STATES),
    actionSpace,
    reset({ seed, options: given } = {}) {
      noResetOptions(given);
      if (seed !== undefined) rng.reseed(seed);
      state = drawIndex(start, rng);
      willChangeMind = ficklePassenger && rng.random() < fickleProbability;
      heading = 0;
      running = true;
      return { observation: state, info: { prob: 1, actionMask: actionMask(state) } };
    },
    step(action) {
      if (!running) throw new ResetNeeded();
      if (!actionSpace.contains(action))
        throw new ConfigError({ field: "action", given: action, allowed: `a value of ${actionSpace}` });
      const outcome = drawOutcome(outcomes(state, action, rainyProbability, isRainy), rng);
      const before = decode(state);
      const after = decode(outcome.state);
      state = outcome.state;
      const rode = before.passenger === IN_TAXI && (before.row !== after.row || before.column !== after.column);
      if (willChangeMind && rode) {
        willChangeMind = false;
        const others = [0, 1, 2, 3].filter((stop) => stop !== before.destination);
        state = encode({ ...after, destination: others[rng.integers(0, others.length)] });
      }
      if (action < 4) heading = action;
      running = !outcome.terminated;
      return {
        observation: state,
        reward: outcome.reward,
        terminated: outcome.terminated,
        truncated: false,
        info: { prob: outcome.probability, actionMask: actionMask(state) },
      };
    },
    render: () => drawTaxi(decode(state), heading),
    snapshot: () => ({ running, state, willChangeMind, heading, rng: rng.snapshot() }),
    restore(snapshot) {
      const read = readSnapshot(snapshot);
      const saved = {
        running: read.flag("running"),
        state: read.integer("state", 0, STATES - 1),
        willChangeMind: read.flag("willChangeMind"),
        heading: read.integer("heading", 0, 3),
      };
      rng.restore(read.json("rng"));
      ({ running, state, willChangeMind, heading } = saved);
    },
  };
}

/** The spec of Taxi-v4, for `register` of `ascent/lean`. */
export const taxi = defineEnv({
  id: "Taxi-v4",
  summary: "fetch a passenger and set them down where they want to go",
  framesPerSecond: 4,
  options,
  maxEpisodeSteps: 200,
  rewardThreshold: 8,
  create,
});
