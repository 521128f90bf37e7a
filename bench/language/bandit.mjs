/** T0: one token out of 16. The expected step is followed without noise, so each place of rest is seen to the last digits. */
import { ascend, fixedPointOf, optimalValue, regularisedValue, tokenBandit } from "../../dist/language/index.js";

const settings = { tokens: 16, beta: 0.5, steps: 4000, stepSize: 0.1 };

export function bandit(seeds) {
  const { tokens, beta, steps, stepSize } = settings;
  const figures = seeds.map((seed) => {
    const problem = tokenBandit(tokens, seed);
    const end = (estimate, place) => ascend(problem, { beta, estimate, place, steps, stepSize });
    const [exact, squared, other, none] = [
      end("k1", "reward"),
      end("k2", "loss"),
      end("k3", "loss"),
      end("k1", "loss"),
    ];
    return {
      seed,
      k1InReward: exact.toReverseOptimum,
      k2InLoss: squared.toReverseOptimum,
      k3InLoss: { toItsOptimum: other.toForwardOptimum, toOptimum: other.toReverseOptimum },
      k1InLoss: { flagged: fixedPointOf("k1", "loss"), belowBest: Math.max(...problem.rewards) - none.meanReward },
      missing:
        optimalValue(problem.reference, problem.rewards, beta) - regularisedValue(exact.policy, { ...problem, beta }),
    };
  });
  const of = (read) => figures.map(read);
  const checks = [
    { what: "k1 in the reward: KL(π ‖ π*)", values: of((f) => f.k1InReward), atMost: 1e-6 },
    { what: "k2 in the loss: KL(π ‖ π*)", values: of((f) => f.k2InLoss), atMost: 1e-6 },
    { what: "k3 in the loss: KL to its own optimum", values: of((f) => f.k3InLoss.toItsOptimum), atMost: 1e-6 },
    { what: "k3 in the loss: KL(π ‖ π*)", values: of((f) => f.k3InLoss.toOptimum), atLeast: 0.01 },
    {
      what: "k1 in the loss is flagged",
      values: of((f) => Number(f.k1InLoss.flagged === "unregularised")),
      atLeast: 1,
    },
    { what: "k1 in the loss: reward below the best token's", values: of((f) => f.k1InLoss.belowBest), atMost: 1e-3 },
  ];
  return { settings, checks, figures };
}
