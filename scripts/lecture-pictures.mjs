// The pictures of docs/lecture, docs/algorithms and docs/diagnostics.md. Each is computed in less than a second.
import { readFileSync } from "node:fs";

import { loopByHand } from "./broken-loops.mjs";

const root = new URL("../", import.meta.url);
const WIDE = { width: 640, height: 280 };

/** All pictures as [path, content]. `library` holds the names of `ascent` and its subpaths. */
export function lecturePictures(library) {
  const drawn = { ...ofChapters, ...ofAlgorithms, ...ofDiagnostics };
  return Object.entries(drawn).map(([name, draw]) => [`docs/pictures/${name}.svg`, draw(library)]);
}

/** `count` numbers from a to b. */
const between = (a, b, count = 61) => Array.from({ length: count }, (_, i) => a + ((b - a) * i) / (count - 1));

const ofChapters = {
  "lecture-grid": ({ make, mdpOf, policyIteration }) => {
    const { values, policy } = policyIteration(mdpOf(make("GridWorld-v0").table), { gamma: 0.9 });
    const side = 64;
    const moves = [
      [0, -1],
      [1, 0],
      [0, 1],
      [-1, 0],
    ];
    const cells = Array.from({ length: 25 }, (_, cell) => {
      const [x, y] = [1 + side * (cell % 5), 1 + side * Math.floor(cell / 5)];
      const goal = cell === 4;
      const shade = goal ? 0.9 : Math.max(0, (values[cell] + 0.5) / 12);
      const box = `<rect x="${x}" y="${y}" width="${side}" height="${side}" fill="#3b82c4" fill-opacity="${shade.toFixed(2)}" stroke="currentColor" stroke-opacity="0.4"/>`;
      const text = `<text x="${x + 32}" y="${y + 54}" text-anchor="middle" font-size="11">${goal ? "goal" : values[cell].toFixed(2)}</text>`;
      const arrows = moves.flatMap(([right, down], action) => {
        if (goal || policy[4 * cell + action] === 0) return [];
        const [tipX, tipY] = [x + 32 + 16 * right, y + 24 + 16 * down];
        const back = (turn) => `${tipX - 5 * right + turn * 4 * down},${tipY - 5 * down + turn * 4 * right}`;
        return [
          `<path d="M${x + 32},${y + 24}L${tipX},${tipY}M${back(1)}L${tipX},${tipY}L${back(-1)}" fill="none" stroke="currentColor" stroke-width="1.5"/>`,
        ];
      });
      return [box, ...arrows, text].join("");
    });
    const size = 5 * side + 2;
    return `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="0 0 ${size} ${size}" role="img" aria-label="Optimal values and moves" font-family="ui-sans-serif,system-ui,sans-serif" fill="currentColor">\n${cells.join("\n")}\n</svg>`;
  },

  "lecture-tangent": ({ chartSvg, settingOf, worldNamed, objective, softmaxPolicy, enumerated, ESTIMATORS }) => {
    const setting = settingOf(worldNamed("chain"));
    const { mdp, world, parameters } = setting;
    const moved = between(-2, 2);
    const J = moved.map((by) => {
      const logits = parameters.logits.map((logit, k) => (k === 2 ? logit + by : logit));
      return objective(mdp, softmaxPolicy(mdp, logits), { gamma: world.gamma });
    });
    const [{ mean }] = enumerated(
      ESTIMATORS.filter(({ name }) => name === "whole"),
      setting,
      1,
    );
    const tangent = moved.map((by) => setting.objective + by * mean[2]);
    const series = [
      { label: "J", x: moved, y: J },
      { label: "J + slope by E[Σ∇log π · R]", x: moved, y: tangent },
    ];
    return chartSvg(series, { ...WIDE, title: "chain: J as one logit moves", xLabel: "change of the logit" });
  },

  "lecture-whitened": ({ chartSvg, returnsToGo, normalise }) => {
    const curves = [10, 100].map((steps) => {
      const segments = [{ start: 0, end: steps, terminated: true, truncated: false }];
      const advantages = returnsToGo(new Float64Array(steps).fill(1), segments, 0.99, [0]);
      normalise(advantages);
      return { label: `an episode of ${steps} steps`, x: between(0, 100, steps), y: advantages };
    });
    return chartSvg(curves, {
      ...WIDE,
      title: "CartPole: return to go, whitened in the episode",
      xLabel: "% of the episode",
    });
  },

  "lecture-length": ({ chartSvg, repeatedBandit, settingOf, policyFor, enumerated, ESTIMATORS }) => {
    const lengths = [1, 2, 3, 4, 5];
    const pair = ["whole", "to-go"].map((name) => ESTIMATORS.find((estimator) => estimator.name === name));
    const found = lengths.map((steps) => {
      const world = repeatedBandit({ steps, offset: 1, signal: 1, noise: 0 });
      return enumerated(pair, settingOf(world, policyFor(world, "shared")), 1);
    });
    const series = ["whole-episode returns", "returns to go"].map((label, i) => ({
      label,
      x: lengths,
      y: found.map((moments) => moments[i].variance),
    }));
    return chartSvg(series, {
      ...WIDE,
      title: "Variance of one episode's estimate, if a step pays 1.5 or 0.5",
      xLabel: "steps of the episode",
    });
  },

  "lecture-baseline": ({ chartSvg, settingOf, worldNamed, gaeMoments }) => {
    const setting = settingOf(worldNamed("chain"));
    const varianceAt = (values) => gaeMoments(setting, { lambda: 1, values, discountWeight: false }).variance;
    const { terminal } = setting.mdp;
    const constants = between(-2, 4);
    const y = constants.map((b) => varianceAt(Float64Array.from(terminal, (ends) => (ends === 1 ? 0 : b))));
    const levels = [{ y: varianceAt(setting.values), label: "with V(s)" }];
    return chartSvg([{ label: "with a constant", x: constants, y }], {
      ...WIDE,
      levels,
      title: "chain: variance of one episode's estimate, by the baseline",
      xLabel: "the constant (0: no baseline)",
    });
  },

  "lecture-ratio": ({ chartSvg, repeatedBandit, settingOf, policyFor, gaeMoments, wholeEpisodeMoments }) => {
    const lengths = [1, 2, 3, 4, 5];
    const nothing = { offset: 0, signal: 0, noise: 0 };
    const kinds = { "1 at every step": { offset: 1 }, "by the step's own action": { signal: 1 }, noise: { noise: 1 } };
    const series = Object.entries(kinds).map(([label, paid]) => ({
      label,
      x: lengths,
      y: lengths.map((steps) => {
        const world = repeatedBandit({ ...nothing, ...paid, steps });
        const setting = settingOf(world, policyFor(world, "shared"));
        const toGo = gaeMoments(setting, { lambda: 1, values: setting.zeros, discountWeight: false });
        return wholeEpisodeMoments(setting).variance / toGo.variance;
      }),
    }));
    return chartSvg(series, {
      ...WIDE,
      title: "Variance with whole-episode returns over that with returns to go",
      xLabel: "steps of the episode",
    });
  },

  "lecture-presets": ({ chartSvg }) => {
    const series = ["default", "exercise", "lecture"].map((preset) => {
      const lines = readFileSync(new URL(`bench/learn/curves/${preset}.jsonl`, root), "utf8")
        .trim()
        .split("\n");
      const runs = lines.map((line) => JSON.parse(line).returns);
      const x = between(20, 780, 39);
      // The quartiles over seeds of the mean of 20 episodes.
      const means = x.map((end) =>
        runs.map((returns) => returns.slice(end - 20, end).reduce((a, b) => a + b) / 20).sort((a, b) => a - b),
      );
      const at = (share) => means.map((sorted) => sorted[Math.floor(share * (sorted.length - 1))]);
      return { label: preset, x, y: at(0.5), band: { low: at(0.25), high: at(0.75) } };
    });
    return chartSvg(series, {
      ...WIDE,
      title: "CartPole-v1: mean return of 20 episodes, median and quartiles of 20 seeds",
      xLabel: "episode",
    });
  },

  "lecture-lambda": ({ chartSvg, settingOf, worldNamed, gaeMoments }) => {
    const setting = settingOf(worldNamed("loop"));
    const lambdas = between(0, 1, 51);
    const at = (values) => lambdas.map((lambda) => gaeMoments(setting, { lambda, values, discountWeight: false }));
    const wrong = at(setting.wrongValues);
    const bias = wrong.map(({ mean }) => mean.reduce((sum, slope, k) => sum + (slope - setting.field[k]) ** 2, 0));
    const series = [
      { label: "variance / 10, V + e", x: lambdas, y: wrong.map(({ variance }) => variance / 10) },
      { label: "bias², V + e", x: lambdas, y: bias },
      { label: "variance / 10, exact V", x: lambdas, y: at(setting.values).map(({ variance }) => variance / 10) },
    ];
    return chartSvg(series, { ...WIDE, title: "loop: bias² and variance of batches of 10 episodes", xLabel: "λ" });
  },

  "lecture-clip": ({ chartSvg }) => {
    const ratios = between(0, 2, 81);
    const clipped = (ratio) => Math.min(1.2, Math.max(0.8, ratio));
    const series = [1, -1].map((A) => ({
      label: `A = ${A}`.replace("-", "−"),
      x: ratios,
      y: ratios.map((ratio) => Math.min(ratio * A, clipped(ratio) * A)),
    }));
    return chartSvg(series, { ...WIDE, title: "The clipped objective, ε = 0.2", xLabel: "ρ = π / π_old" });
  },

  "lecture-gamed": ({ chartSvg, regularisedOptimum, REWARD_MODEL, QUALITY }) => {
    const betas = between(0.05, 3, 60);
    const meanOf = (pi, worth) => pi.reduce((sum, chance, y) => sum + chance * worth[y], 0);
    const at = (worth) => betas.map((beta) => meanOf(regularisedOptimum(REWARD_MODEL, beta), worth));
    const series = [
      { label: "score by the reward model", x: betas, y: at(REWARD_MODEL) },
      { label: "quality", x: betas, y: at(QUALITY) },
    ];
    return chartSvg(series, { ...WIDE, title: "The optimum of score − β KL", xLabel: "β" });
  },

  "lecture-samples": ({ chartSvg }) => {
    const { learned } = JSON.parse(readFileSync(new URL("bench/lecture/results.json", root), "utf8")).grid.results;
    const series = learned.map(({ algorithm, steps }) => ({
      label: algorithm === "ppo" ? "PPO" : "REINFORCE",
      x: steps.map((_, i) => i + 1),
      y: [...steps].sort((a, b) => a - b),
    }));
    return chartSvg(series, {
      ...WIDE,
      levels: [{ y: 0, label: "policy iteration: 0" }],
      title: "GridWorld-v0: steps to within 5 % of the best return",
      xLabel: "seed, from the fewest steps",
    });
  },

  "lecture-mixed": ({ chartSvg, mdpOf, objective }) => {
    // The two cells of the page that look alike.
    const mdp = mdpOf({
      states: 2,
      actions: 2,
      start: [0.5, 0.5],
      outcomes: (state, action) =>
        action === state
          ? [{ probability: 1, state, reward: -1, terminated: false }]
          : [{ probability: 1, state, reward: 0, terminated: true }],
    });
    const chances = between(0, 1, 101);
    const J = chances.map((right) =>
      objective(mdp, Float64Array.of(1 - right, right, 1 - right, right), { gamma: 0.9 }),
    );
    return chartSvg([{ label: "J", x: chances, y: J }], {
      ...WIDE,
      title: "Two cells that look alike: J by the policy's one probability",
      xLabel: "π(right)",
    });
  },

  "lecture-sign": (library) =>
    library.chartSvg(
      [
        { label: "loss = −Σ log π · R", y: loopByHand(library, {}).chances },
        { label: "without the minus", y: loopByHand(library, { sign: 1 }).chances },
      ],
      { ...WIDE, title: "TwoStep-v0: π(paying action)", xLabel: "episode" },
    ),

  "lecture-zero-grad": (library) =>
    library.chartSvg(
      [
        { label: "with zeroGrad", y: loopByHand(library, {}).norms },
        { label: "without", y: loopByHand(library, { clears: false }).norms },
      ],
      { ...WIDE, title: "TwoStep-v0: norm of the gradient that a step uses", xLabel: "episode" },
    ),
};

/** One episode on the grid, and the advantages of each algorithm with the exact V of that policy. */
function advantages({ settingOf, worldNamed, drawBatch, defaultRng, gae }, lambda, cut) {
  const world = worldNamed("grid");
  const setting = settingOf(world);
  const batch = drawBatch(setting, 1, defaultRng(7));
  const steps = batch.rewards.length;
  const V = batch.states.map((state) => setting.values[state]);
  // A rollout that ends is bootstrapped with V of the next state.
  const starts = between(0, steps - 1, steps).filter((t) => t % cut === 0);
  const segments = starts.map((start) => {
    const end = Math.min(start + cut, steps);
    return { start, end, terminated: end === steps, truncated: false };
  });
  const finalValues = segments.map(({ end }) => (end === steps ? 0 : V[end]));
  return gae(batch.rewards, V, segments, { gamma: world.gamma, lambda, finalValues });
}

const kinds = {
  reinforce: ["REINFORCE, G − V", 1, Number.POSITIVE_INFINITY],
  "actor-critic": ["actor-critic, one step", 0, Number.POSITIVE_INFINITY],
  a2c: ["A2C, at most 5 steps", 1, 5],
  vpg: ["VPG, λ = 0.97", 0.97, Number.POSITIVE_INFINITY],
  ppo: ["PPO, λ = 0.95", 0.95, Number.POSITIVE_INFINITY],
};

const ofAlgorithms = {
  ...Object.fromEntries(
    Object.keys(kinds).map((name) => [
      `advantages-${name}`,
      (library) => {
        const others = Object.keys(kinds).filter((other) => other !== name);
        const series = [...others, name].map((one) => {
          const [label, lambda, cut] = kinds[one];
          const y = advantages(library, lambda, Math.min(cut, 1e6));
          return one === name ? { label, y, colour: "#d2691e" } : { label, y, colour: "#7f8c9b", faint: true };
        });
        return library.chartSvg(series, {
          ...WIDE,
          title: "Advantages of one episode on the grid, with the exact V",
          xLabel: "step",
        });
      },
    ]),
  ),

  "memory-cue": ({ chartSvg }) => {
    const { results } = JSON.parse(readFileSync(new URL("bench/recurrent/results.json", root), "utf8"));
    const cue = results.filter(({ env, algorithm }) => env === "Cue-v0" && algorithm === "ppo");
    const series = cue.map(({ algorithm, policy, runs }) => ({
      label: `${algorithm}, ${policy === "gru" ? "with memory" : "without"}`,
      x: runs.map((_, i) => i + 1),
      y: runs.map(({ mean }) => mean).sort((a, b) => a - b),
    }));
    return chartSvg(series, {
      ...WIDE,
      title: "Cue-v0: mean return of each seed, sorted",
      xLabel: "seed, from the lowest mean",
    });
  },

  "own-ranks": ({ chartSvg }) => {
    const returns = [12, 14, 15, 18, 22, 30, 61, 200];
    const mean = returns.reduce((a, b) => a + b) / returns.length;
    const deviation = Math.sqrt(returns.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (returns.length - 1));
    const x = returns.map((_, i) => i + 1);
    const series = [
      { label: "by rank", x, y: returns.map((_, rank) => (2 * rank) / (returns.length - 1) - 1) },
      { label: "by return, normalised", x, y: returns.map((value) => (value - mean) / deviation) },
    ];
    return chartSvg(series, {
      ...WIDE,
      title: "What eight episodes weigh",
      xLabel: "episode, from the worst to the best",
    });
  },
};

const ofDiagnostics = {
  "diagnostics-entropy": ({ chartSvg, train }) => {
    const series = ["default", "lecture"].map((preset) => {
      const entropies = [];
      for (const { diagnostics } of train({ preset, seed: 0, episodes: 60, stopWhenSolved: false }))
        entropies.push(diagnostics.entropy);
      return { label: preset === "default" ? "a healthy run" : "a run that collapses", y: entropies };
    });
    return chartSvg(series, { ...WIDE, title: "Entropy in nats, REINFORCE on CartPole", xLabel: "update" });
  },
};
