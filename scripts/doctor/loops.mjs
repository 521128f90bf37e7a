// The findings in a loop by hand, each beside the same loop without the mistake.
import { loop, mean, quarters, standardised } from "./loop.mjs";

/** The mean length of the last 20 episodes, after each episode. */
export const meanLengths = ({ lengths }) => lengths.map((_, i) => mean(lengths.slice(Math.max(0, i - 19), i + 1)));

const byReturn = {
  xLabel: "mean return",
  dots: true,
  places: ({ groups }) => groups.map(({ G }) => G),
  figure: ({ groups }) => groups.map(({ A }) => A),
};

export function loopPictures(library) {
  const { tensor } = library;
  const right = loop(library);
  const few = { updates: 12 };
  return [
    {
      finding: "log-prob-detached",
      title: "Mean length of the last 20 episodes",
      xLabel: "episode",
      figure: meanLengths,
      sick: { loss: (logProbs, A) => logProbs.detach().mul(A).mean().neg() },
      labels: ["log π is a tensor", "log-prob-detached"],
    },
    {
      finding: "baseline-leaks",
      title: "The mean of V over the batch, minus that of the returns",
      xLabel: "update",
      figure: ({ valueMeans, returnMeans }) => valueMeans.map((value, i) => value - returnMeans[i]),
      sick: { advantages: (_, returns, values) => tensor(returns.flat()).sub(values) },
      healthy: { advantages: (_, returns, values) => tensor(returns.flat()).sub(values.detach()) },
      labels: ["A is detached", "baseline-leaks"],
    },
    {
      finding: "parameters-not-optimised",
      title: "The mean square error of V",
      xLabel: "update",
      figure: ({ valueErrors }) => valueErrors,
      sick: { learned: (policy) => [...policy.parameters()] },
      labels: ["both networks are in the optimiser", "parameters-not-optimised: V is in none"],
    },
    {
      finding: "gradients-kept",
      title: "The norm of the policy's gradient, before clipping",
      xLabel: "update",
      figure: ({ norms }) => norms,
      sick: { clears: false },
      labels: ["cleared before each step", "gradients-kept"],
    },
    {
      finding: "weights-unmoved",
      title: "How far the policy's weights are from those of the start",
      xLabel: "update",
      figure: ({ moved }) => moved,
      sick: { steps: false },
      labels: ["optimizer.step() after backward()", "weights-unmoved"],
    },
    {
      finding: "normalised-by-episode",
      title: "The mean advantage in each episode, by its mean return",
      ...byReturn,
      sick: { ...few, advantages: (_, returns) => tensor(returns.flatMap(standardised)) },
      healthy: few,
      labels: ["normalised over the batch", "normalised-by-episode"],
    },
    {
      finding: "normalised-in-parts",
      title: "The mean advantage in each quarter of a batch, by its mean return",
      ...byReturn,
      sick: { ...few, groups: quarters, advantages: (_, returns) => tensor(quarters(returns).flatMap(standardised)) },
      healthy: { ...few, groups: quarters },
      labels: ["normalised over the batch", "normalised-in-parts"],
    },
  ].map(({ figure, places, sick, healthy, labels: [well, ill], ...rest }) => {
    const curve = (ran, label) => {
      const y = figure(ran);
      const points = y.map((value, i) => [places?.(ran)[i] ?? i + 1, value]).sort(([a], [b]) => a - b);
      return { label, x: points.map(([x]) => x), y: points.map(([, value]) => value), codes: ran.codes };
    };
    const healthyLoop = healthy === undefined ? right : loop(library, healthy);
    return { ...rest, healthy: curve(healthyLoop, well), sick: curve(loop(library, sick), ill) };
  });
}
