/**
 * The opponents of self-play: the policy in training, and a pool of what it was before. It follows how training goes:
 * points and a rating (Elo) against the past, and whatever the environment's gauge measures.
 */

import type { Json } from "../envs/env.js";
import type { Gauge, Opponents, SelfPlay } from "../envs/self-play.js";
import { ConfigError } from "../errors.js";
import type { NamedArray } from "../formats/safetensors.js";
import { exp } from "../kernels/maths.js";
import type { Policy } from "../policies/policy.js";
import { probabilitiesOf } from "../policies/probabilities.js";
import type { Generator } from "../random/index.js";
import type { ActionMask } from "../spaces/action-mask.js";
import { arrayNamed } from "./checkpoint.js";
import { policyArrays } from "./state-arrays.js";
import { thousands } from "./thousands.js";
import type { Verdict } from "./types.js";

/** The present policy, as a number of `choose`. */
const PRESENT = -1;
/** How far one game moves a rating. */
const K = 8;
/** A rating that is 400 higher means ten times the points. */
const SCALE = Math.LN10 / 400;

/** A past policy. */
interface Member {
  /** The update after which it joined. */
  readonly update: number;
  readonly rating: number;
  readonly arrays: ReadonlyMap<string, NamedArray>;
  readonly policy: Policy;
}

/** The state in a checkpoint, without the weights. */
export interface ContestState {
  readonly rating: number;
  readonly winRate: number;
  readonly points: number;
  readonly games: number;
  readonly members: readonly { readonly update: number; readonly rating: number }[];
  /** What the last update reported. */
  readonly figures: Readonly<Record<string, number>>;
  readonly gauge: Json;
}

/** The parts of a contest. */
export interface ContestOptions {
  readonly selfPlay: SelfPlay;
  /** The policy in training. */
  readonly policy: Policy;
  /** Makes a policy of the same form with these weights. */
  readonly make: (arrays: ReadonlyMap<string, NamedArray>) => Policy;
}

/** The opponents of one run. */
export class Contest implements Opponents {
  private readonly options: ContestOptions;
  private readonly gauge: Gauge | undefined;
  private members: Member[] = [];
  /** The present policy's rating. The untrained policy has 0. */
  private rating = 0;
  /** The share of points in the last update with games against the past. */
  private winRate = 0.5;
  /** Points and games against the past since the last update. */
  private points = 0;
  private games = 0;
  /** What the last update reported. */
  private figures: Readonly<Record<string, number>> = {};

  /** @throws ConfigError for a policy with a memory: an observation of a game holds all that a seat knows */
  constructor(options: ContestOptions) {
    if (options.policy.memory !== undefined) {
      const allowed = "a policy without memory in self-play: an observation of a game holds all that a seat knows";
      throw new ConfigError({ field: "options.policy", given: "one with a memory", allowed });
    }
    this.options = options;
    this.gauge = options.selfPlay.gauge?.();
    this.remember(0);
    options.selfPlay.invite(this);
  }

  choose(rng: Generator): number {
    const { members } = this;
    if (members.length === 0 || rng.random() < 0.5) return PRESENT;
    return members[rng.integers(0, members.length)].update;
  }

  move(opponent: number, observation: unknown, mask: ActionMask | undefined, rng: Generator): number {
    return this.policyOf(opponent).act(observation, { mask, rng }) as number;
  }

  ended(opponent: number, points: number): void {
    const member = this.memberOf(opponent);
    if (member === undefined) return;
    const expected = 1 / (1 + exp(SCALE * (member.rating - this.rating)));
    this.rating += K * (points - expected);
    this.points += points;
    this.games++;
  }

  /** To be called after each update. What it returns belongs to the diagnostics. */
  updated(update: number): Readonly<Record<string, number>> {
    const { selfPlay, policy } = this.options;
    const measured = this.gauge?.measure((observations, masks) => probabilitiesOf(policy, observations, masks));
    if (this.games > 0) this.winRate = this.points / this.games;
    this.points = 0;
    this.games = 0;
    const { winRate, rating } = this;
    this.remember(update);
    this.figures = { ...measured, ...(selfPlay.pool && { winRate, elo: rating }) };
    return this.figures;
  }

  /** What has come of it. Returns of games against itself would say nothing. */
  verdict(games: number): Verdict {
    const { exploitability, averageExploitability, winRate, elo } = this.figures;
    const found: string[] = [];
    if (exploitability !== undefined) found.push(`its exploitability is ${digits(exploitability)}`);
    if (averageExploitability !== undefined) found.push(`that of its average ${digits(averageExploitability)}`);
    if (winRate !== undefined && elo !== undefined) {
      const share = `${Math.round(100 * winRate)} % of the points against its past`;
      found.push(`it takes ${share}, and is rated ${Math.round(elo)} above the untrained policy (Elo)`);
    }
    const what = found.length === 0 ? "" : `: ${found.join(", ")}`;
    return { kind: "played", text: `Played ${thousands(games)} games in self-play${what}.` };
  }

  snapshot(): ContestState {
    const { rating, winRate, points, games, members, figures, gauge } = this;
    return {
      rating,
      winRate,
      points,
      games,
      members: members.map(({ update, rating }) => ({ update, rating })),
      figures,
      gauge: gauge?.snapshot() ?? null,
    };
  }

  /** The weights of the past policies, by names in a checkpoint. */
  arrays(): [string, NamedArray][] {
    return this.members.flatMap(({ arrays }, k) =>
      Array.from(arrays, ([name, array]): [string, NamedArray] => [`${prefix(k)}${name}`, array]),
    );
  }

  /** @throws RangeError or CorruptFileError if the parts do not fit together */
  restore(state: ContestState, arrays: ReadonlyMap<string, NamedArray>): void {
    const { policy, make, selfPlay } = this.options;
    const { rating, winRate, points, games, members, figures } = state;
    const each = members.flatMap((member) => [member.update, member.rating]);
    const numbers = [rating, winRate, points, games, ...each, ...Object.values(figures)];
    const most = selfPlay.pool?.size ?? 0;
    if (!numbers.every(Number.isFinite) || members.length > most)
      throw new RangeError("the opponents do not fit the run");
    const shapes = policyArrays(policy);
    this.members = members.map(({ update, rating }, k) => {
      const own = new Map(shapes.map(([name, { shape }]) => [name, arrayNamed(arrays, `${prefix(k)}${name}`, shape)]));
      return { update, rating, arrays: own, policy: make(own) };
    });
    this.figures = figures;
    ({ rating: this.rating, winRate: this.winRate, points: this.points, games: this.games } = state);
    this.gauge?.restore(state.gauge);
  }

  /** Adds the present policy to the pool when its time has come. A full pool loses its oldest member but the first. */
  private remember(update: number): void {
    const { selfPlay, policy, make } = this.options;
    const { pool } = selfPlay;
    if (pool === undefined || update % pool.every !== 0) return;
    const arrays = new Map(policyArrays(policy));
    const { members, rating } = this;
    if (members.length >= pool.size) members.splice(pool.size > 1 ? 1 : 0, 1);
    members.push({ update, rating, arrays, policy: make(arrays) });
  }

  /** A member may have left while an episode against it goes on. The next younger one then takes its place. */
  private memberOf(opponent: number): Member | undefined {
    if (opponent === PRESENT) return undefined;
    return this.members.find(({ update }) => update >= opponent);
  }

  private policyOf(opponent: number): Policy {
    return this.memberOf(opponent)?.policy ?? this.options.policy;
  }
}

function digits(value: number): string {
  return String(Number(value.toPrecision(3)));
}

function prefix(member: number): string {
  return `opponents.${member}.`;
}
