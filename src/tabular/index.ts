/** Exact results for small worlds: values, optimal policies, gradients, all trajectories, equilibria. */

export { evaluatePolicy, evaluatePolicyBySweeps, type PolicyValues } from "./evaluate.js";
export { objective, policyGradient, visitation } from "./gradient.js";
export { bestResponse, exploitability, type Payoff, type Strategy } from "./matrix-game.js";
export { type Mdp, mdpOf, type PolicyTable } from "./mdp.js";
export { type Plan, policyIteration, valueIteration } from "./plan.js";
export { greedyActions, greedyPolicy, softmaxPolicy, uniformPolicy } from "./policies.js";
export { type SelfPlayOptions, type SelfPlayStep, selfPlay } from "./self-play.js";
export { type Trajectory, trajectories } from "./trajectories.js";
