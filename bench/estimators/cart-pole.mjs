/**
 * The variance of one CartPole episode's gradient, over 400 episodes of an untrained 4-128-128-2 network: steps credited with
 * the return of the whole episode, with the return to go, and with that minus 11. For 20 initial networks, γ 0.99 and 1.
 *
 *   node bench/estimators/cart-pole.mjs
 *
 * Writes cart-pole.json.
 */
import { writeFileSync } from "node:fs";
import { cartPoleSpread } from "../../dist/figures/index.js";
import { commit, machine } from "../race.mjs";

const SEEDS = 20;
const results = [0.99, 1].map((gamma) => {
  const spreads = Array.from({ length: SEEDS }, (_, seed) => cartPoleSpread({ gamma, seed }));
  const rows = {
    whole: spreads.map(({ whole }) => whole),
    toGo: spreads.map(({ toGo }) => toGo),
    minusConstant: spreads.map(({ minusConstant }) => minusConstant),
    "whole / toGo": spreads.map(({ whole, toGo }) => whole / toGo),
    "toGo / minusConstant": spreads.map(({ toGo, minusConstant }) => toGo / minusConstant),
  };
  console.log(`γ ${gamma}, ${SEEDS} networks: median, least to greatest`);
  const summary = Object.fromEntries(
    Object.entries(rows).map(([name, values]) => {
      const sorted = [...values].sort((a, b) => a - b);
      const median = (sorted[SEEDS / 2 - 1] + sorted[SEEDS / 2]) / 2;
      const figures = { median, least: sorted[0], greatest: sorted.at(-1) };
      const [middle, least, greatest] = Object.values(figures).map((value) => Number(value.toPrecision(4)));
      console.log(`  ${name.padEnd(22)} ${middle}, ${least} to ${greatest}`);
      return [name, figures];
    }),
  );
  return { gamma, seeds: SEEDS, episodes: 400, ...summary };
});
const about = { bench: "estimators/cart-pole", commit: commit(), machine: machine() };
writeFileSync(new URL("cart-pole.json", import.meta.url), `${JSON.stringify({ ...about, results }, null, 2)}\n`);
