/**
 * Blackjack: draw cards towards 21 without going over; then the dealer draws up to 17. Cards are drawn with
 * replacement.
 *
 * The observation is [player's sum, dealer's open card, 1 for a usable ace]; actions are 0 stick, 1 hit. A win pays 1,
 * a loss
 * -1, a draw 0. With `sab`, the rules of Sutton and Barto's example 5.1 apply: a natural (ace and ten) wins unless the
 * dealer has one too. Without it, `natural` pays 1.5 for a win with a natural. As in Gymnasium's Blackjack-v1.
 */

import { ConfigError } from "../errors.js";
import { flag } from "../options.js";
import { defaultRng } from "../random/generator.js";
import { discrete } from "../spaces/discrete.js";
import { tuple } from "../spaces/tuple.js";
import { drawTable } from "./blackjack-scene.js";
import type { Env } from "./env.js";
import { defineEnv } from "./env-spec.js";
import { noResetOptions } from "./no-reset-options.js";
import { ResetNeeded } from "./reset-needed.js";
import { readSnapshot } from "./snapshot.js";

const DECK = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 10, 10, 10];
const FACES = ["J", "Q", "K"] as const;

const options = {
  natural: flag(false, { help: "pay 1.5 for winning with ace and ten; sab overrules it" }),
  sab: flag(true, { help: "the rules of Sutton and Barto" }),
};

type Observation = readonly [sum: number, dealer: number, usableAce: number];

const points = (hand: readonly number[]): number => hand.reduce((sum, card) => sum + card, 0);
const usableAce = (hand: readonly number[]): boolean => hand.includes(1) && points(hand) + 10 <= 21;
const total = (hand: readonly number[]): number => points(hand) + (usableAce(hand) ? 10 : 0);
const score = (hand: readonly number[]): number => (total(hand) > 21 ? 0 : total(hand));
const isNatural = (hand: readonly number[]): boolean => hand.length === 2 && hand.includes(1) && hand.includes(10);

function create({ natural, sab }: { natural: boolean; sab: boolean }): Env<Observation, number> {
  const actionSpace = discrete(2);
  const rng = defaultRng(0);
  let dealer: number[] = [1, 1];
  let player: number[] = [1, 1];
  /** The suit and the face of the open card. Gymnasium draws them from the same random numbers as the hands. */
  let suit = 0;
  let face = 0;
  let running = false;

  const draw = (): number => DECK[rng.integers(0, DECK.length)];
  const observe = (): Observation => [total(player), dealer[0], usableAce(player) ? 1 : 0];
  const payout = (): number => {
    while (total(dealer) < 17) dealer.push(draw());
    const reward = Math.sign(score(player) - score(dealer));
    if (!isNatural(player)) return reward;
    if (sab) return isNatural(dealer) ? reward : 1;
    return natural && reward === 1 ? 1.5 : reward;
  };

  return {
    observationSpace: tuple([discrete(32), discrete(11), discrete(2)]),
    actionSpace,
    reset({ seed, options: given } = {}) {
      noResetOptions(given);
      if (seed !== undefined) rng.reseed(seed);
      dealer = [draw(), draw()];
      player = [draw(), draw()];
      suit = rng.integers(0, 4);
      face = dealer[0] === 10 ? rng.integers(0, FACES.length) : 0;
      running = true;
      return { observation: observe(), info: {} };
    },
    step(action) {
      if (!running) throw new ResetNeeded();
      if (!actionSpace.contains(action))
        throw new ConfigError({ field: "action", given: action, allowed: `a value of ${actionSpace}` });
      let reward = 0;
      if (action === 1) {
        player.push(draw());
        running = total(player) <= 21;
        reward = running ? 0 : -1;
      } else {
        running = false;
        reward = payout();
      }
      return { observation: observe(), reward, terminated: !running, truncated: false, info: {} };
    },
    render: () =>
      drawTable({
        sum: total(player),
        usableAce: usableAce(player),
        dealer: dealer[0],
        name: dealer[0] === 1 ? "A" : dealer[0] === 10 ? FACES[face] : String(dealer[0]),
        suit,
      }),
    snapshot: () => ({ running, dealer: [...dealer], player: [...player], suit, face, rng: rng.snapshot() }),
    restore(snapshot) {
      const read = readSnapshot(snapshot);
      const saved = {
        running: read.flag("running"),
        dealer: read.integers("dealer", 1, 10),
        player: read.integers("player", 1, 10),
        suit: read.integer("suit", 0, 3),
        face: read.integer("face", 0, FACES.length - 1),
      };
      rng.restore(read.json("rng"));
      ({ running, dealer, player, suit, face } = saved);
    },
  };
}

/** The spec of Blackjack-v1, for `register` of `ascent/lean`. */
export const blackjack = defineEnv({
  id: "Blackjack-v1",
  summary: "draw cards towards 21 against a dealer",
  framesPerSecond: 4,
  options,
  create,
});
