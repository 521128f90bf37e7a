/** Teams whose others are in this thread too: what they do is what matters here, not where. */

import { expect, test } from "vitest";
import type { BatchedEnv } from "../envs/batched/batched-env.js";
import { makeBatch } from "../envs/index.js";
import { Actor } from "../policies/actor.js";
import { mlpPolicy } from "../policies/index.js";
import { defaultRng } from "../random/index.js";
import { type Players, play } from "./stretch.js";
import { follower, type Order, playTogether, type Team } from "./team.js";

const OF = 4;
const FOREVER = Number.POSITIVE_INFINITY;

/** Copies `first` to `first + count - 1` of CartPole, all with seeds of their own. */
function carts(first: number, count: number): BatchedEnv {
  const env = makeBatch("CartPole-v1", count);
  env.reset(Array.from({ length: count }, (_, i) => first + i));
  return env;
}

/** Fails in step `at` of its own. */
function failing(env: BatchedEnv, at: number, text: string): BatchedEnv {
  let steps = 0;
  return {
    ...env,
    step(actions) {
      if (++steps === at) throw new Error(text);
      return env.step(actions);
    },
  };
}

function players(env: BatchedEnv, count: number): Players {
  const { observationSpace, actionSpace } = env;
  const policy = mlpPolicy({ observationSpace, actionSpace, hidden: [8], activation: "tanh", rng: defaultRng(1) });
  const actor = new Actor(policy, { copies: OF, own: { first: 0, count } });
  return { env, policy, actor, rng: defaultRng(2), first: 0, of: OF };
}

/** This thread has one copy, another has two, a third has one. */
function team(envs: readonly BatchedEnv[], orders: Order[] = []): { team: Team; players: Players } {
  const [own, ...others] = envs;
  const follow = others.map((env, i) => follower(env, { first: 1 + 2 * i, count: env.n }, OF));
  return {
    team: {
      own,
      play(order, share) {
        orders.push(order);
        return { mine: share(), others: follow.map((each) => each(order)) };
      },
    },
    players: players(own, 1),
  };
}

test("a team plays what one thread plays, to the bit, in one stretch after another", () => {
  const alone = players(carts(0, OF), OF);
  const together = team([carts(0, 1), carts(1, 2), carts(3, 1)]);
  for (const steps of [30, 1, 50]) {
    const stretch = { steps, episodes: FOREVER, taken: 0 };
    expect(playTogether(together.team, together.players, stretch)).toEqual(play(alone, stretch));
  }
  expect(together.players.actor.snapshot()).toEqual(alone.actor.snapshot());
  expect(together.players.rng.snapshot()).toEqual(alone.rng.snapshot());
});

test("of several failures the one in the earliest step counts, whoever had it", () => {
  const failures = [9, 4, 6].map((at) => `in step ${at}`);
  const envs = [carts(0, 1), carts(1, 2), carts(3, 1)].map((env, i) => failing(env, [9, 4, 6][i], failures[i]));
  const { team: members, players: mine } = team(envs);
  const { failure, steps } = playTogether(members, mine, { steps: 20, episodes: FOREVER, taken: 0 });
  expect({ steps, failure }).toEqual({ steps: 4, failure: { error: new Error("in step 4") } });
});

test("a stretch of more rows than may travel at once is played in pieces", () => {
  const orders: Order[] = [];
  const { team: members, players: mine } = team([carts(0, 1), carts(1, 2), carts(3, 1)], orders);
  const { steps } = playTogether(members, mine, { steps: 5000, episodes: FOREVER, taken: 0 });
  expect([steps, orders.map(({ stretch }) => stretch.steps)]).toEqual([4096, [4096]]);
});
