/** Stock control, with an action space that is far from [-1, 1]: `Box [0, 50]`. */
import { register } from "../../dist/index.js";
import { defaultRng } from "../../dist/random/index.js";
import { box } from "../../dist/spaces/index.js";

const DAYS = 30;
const LARGEST_STOCK = 100;

/** Profit of a day: 0.4 for a unit sold, less 0.2 for one ordered, 0.02 for one left over, 0.2 for each that was missing. */
function profit({ ordered, sold, left, missing }) {
  return 0.4 * sold - 0.2 * ordered - 0.02 * left - 0.2 * missing;
}

/**
 * An episode is 30 days. Each morning the policy sees the stock and orders up to 50 units, which arrive at once; the demand of
 * the day is uniform from 10 to 30. What is left over stays in stock.
 */
register({
  id: "Stock-v0",
  create: () => {
    const rng = defaultRng(0);
    let stock = 0;
    let day = 0;
    const observe = () => Float32Array.of(stock / LARGEST_STOCK, day / DAYS);
    return {
      observationSpace: box({ low: 0, high: 1, shape: [2] }),
      actionSpace: box({ low: 0, high: 50, shape: [1] }),
      reset({ seed } = {}) {
        if (seed !== undefined) rng.reseed(seed);
        stock = rng.uniform(0, 30);
        day = 0;
        return { observation: observe(), info: {} };
      },
      step([order]) {
        const ordered = Math.min(order, LARGEST_STOCK - stock);
        const available = stock + ordered;
        const demand = rng.uniform(10, 30);
        const sold = Math.min(available, demand);
        stock = available - sold;
        day++;
        const reward = profit({ ordered, sold, left: stock, missing: demand - sold });
        return { observation: observe(), reward, terminated: day === DAYS, truncated: false, info: {} };
      },
      snapshot: () => ({ stock, day, rng: rng.snapshot() }),
      restore(saved) {
        stock = saved.stock;
        day = saved.day;
        rng.restore(saved.rng);
      },
    };
  },
});
