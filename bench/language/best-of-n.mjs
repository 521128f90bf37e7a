/** T2: the best of n draws, with all outcomes counted: no learning, but what learning is measured against. */
import {
  bestOf,
  bestOfBound,
  divergence,
  expectation,
  reverseOptimum,
  tablePolicy,
  textLogProbs,
  tokenTree,
} from "../../dist/language/index.js";
import { defaultRng } from "../../dist/random/index.js";

const settings = { tokens: 4, length: 3, n: [2, 4, 16, 64], tiesBy: "rewards rounded to whole numbers" };

export function bestOfN(seeds) {
  const { tokens, length, n } = settings;
  const figures = seeds.map((seed) => {
    const tree = tokenTree(tokens, length, seed);
    const said = textLogProbs(tablePolicy(tree, defaultRng(1000 + seed), 0.5), tree);
    // A table has float32, in which probabilities add up to 1 but for 1e-7: with 64 draws one would see that.
    const total = Math.log(said.reduce((sum, l) => sum + Math.exp(l), 0));
    const reference = said.map((l) => l - total);
    const points = (rewards) =>
      n.map((count) => {
        const best = bestOf(reference, rewards, count);
        const kl = divergence(best, reference);
        const reward = expectation(best, rewards);
        return { n: count, kl, bound: bestOfBound(count), reward, possible: possibleAt(kl, reference, rewards) };
      });
    return { seed, independent: points(tree.rewards), ties: points(tree.rewards.map(Math.round)) };
  });
  const most = (read) => figures.map((figure) => Math.max(...read(figure)));
  const over = (kind) => most((f) => f[kind].map(({ kl, bound }) => kl - bound));
  const above = (kind) => most((f) => f[kind].map(({ reward, possible }) => reward - possible));
  const checks = [
    { what: "KL above its bound", values: over("independent"), atMost: 1e-9 },
    { what: "KL above its bound, with ties", values: over("ties"), atMost: 1e-9 },
    { what: "reward above π*'s at the same KL", values: above("independent"), atMost: 1e-9 },
    { what: "reward above π*'s at the same KL, with ties", values: above("ties"), atMost: 1e-9 },
  ];
  return { settings, checks, figures };
}

/** The most reward at a divergence: that of π* for the β at which it has this divergence. It falls in β; 200 halvings find it. */
function possibleAt(kl, reference, rewards) {
  let [low, high] = [Math.log(1e-3), Math.log(1e6)];
  const at = (logBeta) => reverseOptimum(reference, rewards, Math.exp(logBeta));
  for (let i = 0; i < 200; i++) {
    const middle = (low + high) / 2;
    if (divergence(at(middle), reference) > kl) low = middle;
    else high = middle;
  }
  return expectation(at(low), rewards);
}
