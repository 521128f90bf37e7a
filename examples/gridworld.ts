/** Solves a world with known rules exactly: the optimal values and policy of the five by five grid. */
import { make } from "ascent/envs";
import { mdpOf, objective, policyIteration, uniformPolicy, valueIteration } from "ascent/tabular";

const { table } = make("GridWorld-v0"); // { slip: 0.2 } makes its floor slippery
const mdp = mdpOf(table);
const gamma = 0.99;

const { values, greedy, policy, iterations } = policyIteration(mdp, { gamma });
const swept = valueIteration(mdp, { gamma });
const apart = Math.max(...values.map((value, state) => Math.abs(value - swept.values[state])));

for (let row = 0; row < 5; row++) {
  const states = [0, 1, 2, 3, 4].map((column) => 5 * row + column);
  const worth = states.map((state) => values[state].toFixed(2).padStart(6)).join(" ");
  const moves = states.map((state) => (mdp.terminal[state] === 1 ? "G" : "↑→↓←"[greedy[state]])).join(" ");
  console.log(`${worth}    ${moves}`);
}
console.log(
  `policy iteration: ${iterations} policies; value iteration: ${swept.sweeps} sweeps; apart by ${apart.toExponential(0)}`,
);
const [best, random] = [policy, uniformPolicy(mdp)].map((one) => objective(mdp, one, { gamma }).toFixed(2));
console.log(`from the start the best policy is worth ${best}, a random one ${random}`);
