// The tables of docs/estimators.md. `npm run pages` computes them, and a test fails if one changes.

/** The numbers of an experiment in its own world, as a table. */
function experiment(name) {
  return (lab) => {
    const shown = (value) =>
      Number.isInteger(value) ? String(value) : (Math.abs(value) < 5e-7 ? 0 : value).toFixed(4);
    return {
      headings: ["what", "value", "theory"],
      rows: findingsOf(lab, name).map(({ what, value, theory }) => [
        what,
        shown(value),
        theory === undefined ? "" : shown(theory),
      ]),
    };
  };
}

function findingsOf(lab, name) {
  const one = lab.EXPERIMENTS.find((known) => known.name === name);
  return one.run(lab.settingOf(lab.worldNamed(one.world)), { episodes: 4, seed: 0 });
}

/** The tables by subject, each as headings and rows. `lab` holds the names of `ascent/estimators`. */
export const estimatorTables = {
  // Every estimator on TwoStep-v0. Only the first state has a gradient.
  all(lab) {
    const setting = lab.settingOf(lab.worldNamed("two-step"));
    const measured = lab.measure(lab.ESTIMATORS, setting, { episodes: 4 });
    return {
      headings: ["estimator", "what it is", "mean", "variance", "best fit", "theory"],
      rows: measured.map(({ estimator, exact, scaledError, prediction }) => [
        `\`${estimator.name}\``,
        estimator.summary,
        fixed(exact.mean[1]),
        fixed(exact.variance),
        scaledError.toFixed(3),
        prediction.says,
      ]),
    };
  },

  // Whitened batches on the duel.
  whitening(lab) {
    const sizes = [2, 4, 8, 16, 24, 32];
    return {
      headings: ["episodes in a batch", ...sizes],
      rows: ["to-go", "whitened"].map((name) => [
        `\`${name}\``,
        ...sizes.map((N) => moments(lab, name, lab.worldNamed("duel"), N).mean[0].toFixed(3)),
      ]),
    };
  },

  // N times the variance with and without the leave-one-out baseline.
  others(lab) {
    const sizes = [2, 3, 4, 5, 6, 7, 8];
    return {
      headings: ["N", ...sizes],
      rows: ["whole", "whole-others"].map((name) => [
        `\`${name}\``,
        ...sizes.map((N) => (N * moments(lab, name, lab.worldNamed("bandit"), N).variance).toFixed(3)),
      ]),
    };
  },

  // V, no baseline and the best number, for a decided policy of two arms.
  value(lab) {
    const chances = [0.5, 0.6, 0.7, 0.8, 0.9];
    return {
      headings: ["π of the arm that pays 1", ...chances],
      rows: ["to-go", "value", "best-value"].map((name) => [
        `\`${name}\``,
        ...chances.map((chance) => fixed(moments(lab, name, lab.twoArms(chance), 1).variance)),
      ]),
    };
  },

  // Variance of whole-episode returns over that of returns to go.
  ratios(lab) {
    const lengths = [2, 3, 4];
    const ratio = (world) => {
      const setting = lab.settingOf(world, lab.policyFor(world, "shared"));
      const [whole, toGo] = lab.enumerated(named(lab, "whole", "to-go"), setting, 1);
      return (whole.variance / toGo.variance).toFixed(2);
    };
    const rewards = { offset: 0, signal: 0, noise: 0 };
    const kinds = [
      ["the same reward at every step", { ...rewards, offset: 1 }],
      ["rewards by the step's own action", { ...rewards, signal: 1 }],
      ["noise", { ...rewards, noise: 1 }],
    ];
    const repeated = kinds.map(([kind, paid]) => [
      kind,
      ...lengths.map((steps) => ratio(lab.repeatedBandit({ ...paid, steps }))),
    ]);
    const refunded = ["3 paid first and taken back at the second step", ratio(lab.refund(3)), "", ""];
    return { headings: ["steps", ...lengths], rows: [...repeated, refunded] };
  },

  baselines: experiment("baselines"),
  dynamics: experiment("dynamics"),
  limit: experiment("time-limit"),
  stale: experiment("stale"),
  entropy: experiment("entropy"),
  clipping: experiment("clipping"),
  lengths: experiment("lengths"),
  ppo: experiment("ppo"),
  pairing: experiment("pairing"),

  // The λ of least mean squared error on loop, with a wrong critic.
  lambda(lab) {
    const [, ...findings] = findingsOf(lab, "lambda");
    const sizes = [1, 10, 100, 1000, 10_000];
    const best = findings.map(({ value }) => value.toFixed(3));
    return {
      headings: ["episodes in a batch", ...sizes.map((N) => N.toLocaleString("en-GB"))],
      rows: [["best λ", ...best]],
    };
  },
};

function moments(lab, name, world, N) {
  return lab.enumerated(named(lab, name), lab.settingOf(world), N)[0];
}

function named(lab, ...names) {
  return names.map((name) => lab.ESTIMATORS.find((estimator) => estimator.name === name));
}

function fixed(value) {
  return (value + 0).toFixed(4);
}
