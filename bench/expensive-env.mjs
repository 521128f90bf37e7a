/** Registers `Expensive-v0`, whose step takes as many microseconds of computing as its option says, on this machine about. */
import { int, packFloats, readSnapshot, register } from "../dist/envs/index.js";
import { defaultRng } from "../dist/random/index.js";
import { box, discrete } from "../dist/spaces/index.js";

/**
 * Iterations of the logistic map in a microsecond. Each needs the result of the one before, so a core can't overlap them.
 */
const ITERATIONS = 490;

register({
  id: "Expensive-v0",
  summary: "a step that computes for a while",
  maxEpisodeSteps: 500,
  options: { microseconds: int(200, { min: 0, help: "how long a step computes" }) },
  create: ({ microseconds }) => expensive(microseconds),
});

/** Short and called often, so that the JIT compiler optimises it soon, and once for all copies. */
function iterated(x, rate) {
  let y = x;
  for (let i = 0; i < ITERATIONS; i++) y = rate * y * (1 - y);
  return y;
}

function expensive(calls) {
  const rng = defaultRng(0);
  let x = 0.5;
  const observe = () => Float32Array.of(2 * x - 1);
  return {
    observationSpace: box({ low: [-1], high: [1] }),
    actionSpace: discrete(2),
    reset({ seed } = {}) {
      if (seed !== undefined) rng.reseed(seed);
      x = rng.uniform(0.1, 0.9);
      return { observation: observe(), info: {} };
    },
    step(action) {
      const rate = action === 1 ? 3.9 : 3.7;
      for (let i = 0; i < calls; i++) x = iterated(x, rate);
      return { observation: observe(), reward: x, terminated: false, truncated: false, info: {} };
    },
    snapshot: () => ({ x: [packFloats([x])], rng: rng.snapshot() }),
    restore(state) {
      const read = readSnapshot(state);
      const saved = Float64Array.of(0);
      read.columns("x", [saved]);
      rng.restore(read.json("rng"));
      [x] = saved;
    },
  };
}
