/**
 * Stock control: how much should a shop order each evening? An order arrives two days later, and each one costs a fee besides
 * its units, so small daily orders are dear, and so are empty shelves. Twice as much is sold on Saturdays and Sundays.
 *
 *   npx ascent tune ppo ./examples/stock-control.ts:StockControl-v0 --steps 100000 --minutes 10
 */
import { type Env, real, register } from "ascent/envs";
import { defaultRng } from "ascent/random";
import { box } from "ascent/spaces";

const PRICE = 10; // euros a unit, as all but the fee
const COST = 6;
const FEE = 20; // for an order
const STORAGE = 0.1;
const LOST_CUSTOMER = 3;
const SHELVES = 200;
const LARGEST_ORDER = 100;
interface State {
  stock: number;
  arriving: [number, number]; // tomorrow and the day after
  day: number; // 0 is Monday
}

function shop({ demand }: { demand: number }): Env<Float32Array, Float32Array> {
  const rng = defaultRng(0);
  let state: State = { stock: 0, arriving: [0, 0], day: 0 };
  const look = (): Float32Array => Float32Array.of(state.stock, ...state.arriving, state.day);
  return {
    observationSpace: box({ low: [0, 0, 0, 0], high: [SHELVES, LARGEST_ORDER, LARGEST_ORDER, 6] }),
    actionSpace: box({ low: [0], high: [LARGEST_ORDER] }),
    reset({ seed } = {}) {
      if (seed !== undefined) rng.reseed(seed);
      state = { stock: rng.integers(0, 60), arriving: [0, 0], day: rng.integers(0, 7) };
      return { observation: look(), info: {} };
    },
    step([wanted]) {
      const { stock, arriving, day } = state;
      const order = Math.round(wanted);
      const available = Math.min(SHELVES, stock + arriving[0]);
      const customers = rng.poisson(day >= 5 ? 2 * demand : demand);
      const sold = Math.min(available, customers);
      const left = available - sold;
      const paid = order === 0 ? 0 : FEE + COST * order;
      const reward = PRICE * sold - paid - STORAGE * left - LOST_CUSTOMER * (customers - sold);
      state = { stock: left, arriving: [arriving[1], order], day: (day + 1) % 7 };
      return {
        observation: look(),
        reward,
        terminated: false,
        truncated: false,
        info: { sold, lost: customers - sold },
      };
    },
    snapshot: () => ({ state, rng: rng.snapshot() }) as never,
    restore(saved) {
      const held = saved as unknown as { state: State; rng: never };
      state = held.state;
      rng.restore(held.rng);
    },
  };
}

register({
  id: "StockControl-v0",
  summary: "order stock for a shop, day by day",
  options: { demand: real(10, { min: 1, max: 40, help: "customers on a working day, on average" }) },
  create: shop,
  maxEpisodeSteps: 56,
});
