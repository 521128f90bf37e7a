/**
 * Playing in several threads: each acts and steps for its own copies, and they meet once a stretch rather than at every step.
 *
 * The bits are those of one thread. One row of a network's forward pass does not depend on the others in its batch; each copy of
 * an environment has random numbers of its own; and those of the actions come from one generator, of which every thread
 * has the state and goes through all numbers, drawing for its own copies and skipping those of the others.
 */

import type { BatchedEnv } from "../envs/batched/batched-env.js";
import { Actor, type Copies, type Rows } from "../policies/actor.js";
import { type PolicyShape, replica, shapeOf, takeWeights, weightsOf } from "../policies/replica.js";
import { defaultRng, type Generator } from "../random/index.js";
import { type Played, type Players, play, type Stretch } from "./stretch.js";

/** What the others are told before a stretch: plain data. */
export interface Order {
  readonly stretch: Stretch;
  readonly shape: PolicyShape;
  readonly weights: readonly Float32Array[];
  /** The state of the generator for the actions. */
  readonly rng: ReturnType<Generator["snapshot"]>;
  /** Steps of the batch before, and what exploration remembers of them. */
  readonly earlier: number;
  readonly noise: Float32Array;
}

/** What one of the others did: plain data, errors aside. */
export interface Part {
  readonly copies: Copies;
  readonly played: Played;
  readonly rows: Rows;
}

/** Threads that play together. */
export interface Team {
  /** The copies in this thread: the first. */
  readonly own: BatchedEnv;
  /** Has the others follow an order while `share` plays here. Returns what all did, the others in the order of their copies. */
  play(order: Order, share: () => Played): { mine: Played; others: Part[] };
}

/** Rows that are on their way between threads at once: a longer stretch is played in pieces. */
const MOST_ROWS = 16_384;

/** What `play` does, by all of a team; `players` are those of this thread. It may be fewer steps than were asked for. */
export function playTogether(team: Team, players: Players, { steps: wanted, ...stretch }: Stretch): Played {
  const { policy, actor, rng, of } = players;
  const steps = Math.min(wanted, Math.max(1, Math.floor(MOST_ROWS / of)));
  const order: Order = {
    stretch: { steps, ...stretch },
    ...{ shape: shapeOf(policy), weights: weightsOf(policy) },
    ...{ rng: rng.snapshot(), earlier: actor.steps, noise: actor.noise },
  };
  const { mine, others } = team.play(order, () => play(players, order.stretch));
  const all = [mine, ...others.map(({ played }) => played)];
  const failed = all.filter(({ failure }) => failure !== undefined);
  // Without threads the step would have come first that was.
  if (failed.length > 0) return failed.reduce((first, other) => (other.steps < first.steps ? other : first));
  for (const { copies, rows } of others) actor.insert(rows, steps, copies);
  return joined(all, steps, of);
}

/** What the others do with an order, in their threads. */
export function follower(env: BatchedEnv, copies: Copies, of: number): (order: Order) => Part {
  const rng = defaultRng(0);
  let players: Players | undefined;
  return ({ stretch, shape, weights, rng: state, earlier, noise }) => {
    players ??= playersOf(env, shape, copies, of, rng);
    const { policy, actor } = players;
    takeWeights(policy, weights);
    rng.restore(state);
    actor.follow(earlier, noise);
    const played = play(players, stretch);
    return { copies, played, rows: played.failure === undefined ? actor.ownRows() : [] };
  };
}

function playersOf(env: BatchedEnv, shape: PolicyShape, copies: Copies, of: number, rng: Generator): Players {
  const policy = replica(shape, env);
  const actor = new Actor(policy, { copies: of, own: copies, masked: env.actionMasks !== undefined });
  return { env, policy, actor, rng, first: copies.first, of };
}

/** One account of all. */
function joined(all: readonly Played[], steps: number, of: number): Played {
  const rewards = new Float64Array(steps * of);
  let first = 0;
  for (const played of all) {
    const count = played.rewards.length / steps;
    for (let t = 0; t < steps; t++)
      for (let i = 0; i < count; i++) rewards[t * of + first + i] = played.rewards[t * count + i];
    first += count;
  }
  const ends = all.flatMap((played) => played.ends).sort((a, b) => a.step - b.step || a.copy - b.copy);
  return { steps, failure: undefined, rewards, ends };
}
