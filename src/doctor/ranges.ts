/**
 * Where the doctor draws the line. Each limit lies beyond what 20 healthy runs show. `node bench/doctor/run.mjs` measures those runs, `bench/doctor/results.json` holds the figures, and
 * `ranges.test.ts` keeps the limits outside them.
 */
export const RANGES = {
  /** The largest median gradient norm of a window over that of the first window. Healthy: up to 51. */
  gradientGrowth: 200,
  /** The last window's median gradient norm over that of the first window, while entropy is left. Healthy: at least 0.0018. */
  gradientDecay: 1e-4,
  /** The share of updates without any gradient. Healthy before the goal is reached: 0. */
  zeroShare: 0.5,
  /** The entropy of discrete actions over its first value, at the end. Healthy: up to 0.71. */
  entropyLeft: 0.97,
  /** How much the entropy of continuous actions grew, in nats per dimension. Healthy: up to 0.72. */
  entropyGrowth: 1.5,
  /** The median explained variance of the later half of a run that is not solved. Healthy after half of it: at least 0.59. */
  explainedVariance: 0.3,
  /** The largest median of klK3 over a window. Healthy: up to 0.021. */
  kl: 0.06,
  /** The same, beyond which the policy of the next batch has little to do with that of this one. */
  klBroken: 1,
  /** The median of klK3 over the run. Healthy: at least 7.7e-4. */
  klSmall: 5e-5,
  /** The largest median of clipFraction over a window. Healthy: up to 0.32. */
  clipFraction: 0.5,
  /** The learning rates of the first update. */
  healthyRates: { slowest: 3e-4, fastest: 0.01 },
  /** A learning rate beyond which a run that does not learn is told so. */
  learningRateHigh: 0.05,
  learningRateLow: 3e-5,
  /** The change of a loop's weights in a step, as a share of their length: median of its first steps. Healthy: up to 0.031. */
  stepLong: 0.15,
  /** The same, of more steps. Healthy: at least 7.6e-5. */
  stepShort: 1e-5,
  /** The share of the way from the first average to the best one that was lost again. Healthy: up to 0.53. */
  lost: 0.75,
  /** The size of an average return that nothing scales. Healthy: up to 500. */
  unscaledReturn: 1000,
  /** The largest deviation of an observation's element that nothing normalises, over the smallest. Healthy: up to 12. */
  observationSpread: 100,
  /** The largest size of an observation's element that nothing normalises. Healthy: up to 8. */
  observationSize: 100,
  /** The share of action components at a bound. Healthy: up to 0.95, where full thrust is best. */
  atBounds: 0.98,
  /** The share of a layer's units that are the same for all observations. Healthy: 0.03. */
  deadUnits: 0.5,
  /** The share of a layer's units that are beyond ± 0.99 for nearly all observations. Healthy: at least 0.0018. */
  saturatedUnits: 0.5,
  /** By how much drawn and likeliest actions may differ, as a share of the larger return. Drawn ones are better by up to 0.02. */
  modeGap: 0.5,
} as const;
