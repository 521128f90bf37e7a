/** The usual mistakes, each with the sentence that a learner reads. */

export const mistakes = {
  "not-written": "This function still has the starter's placeholder.",
  missing: "The file does not export this function. Keep the starter's names, and `export` before each.",
  threw: "Your code threw an error.",
  "wrong-value": "The result is not the right one.",
  "not-finite": "The result is not finite: a division by 0, or an element that does not exist.",
  "argument-changed": "The list that was passed in has changed: `reverse` and `sort` work in place. Make a new list.",

  forwards:
    "The returns are added up from the first step, so each holds the past. A return holds what comes after: start at the last step.",
  "whole-episode":
    "Every step gets the return of the whole episode. An action can't change the rewards before it: step t gets those from t on.",
  "last-reward-dropped": "The last reward is missing: the loop has to begin at rewards.length - 1.",
  "own-reward-dropped":
    "A step's own reward is missing from its return. The reward that an action earns comes first: Gₜ = rₜ + γ Gₜ₊₁.",
  "reversed-order": "The numbers are right and their order is reversed: the first return belongs to the first step.",
  "discount-misplaced":
    "γ is on the wrong term: it multiplies the return that follows, not the reward: Gₜ = rₜ + γ Gₜ₊₁.",
  undiscounted: "γ has no effect.",
  "discounted-twice":
    "γᵗ is multiplied in a second time: the recursion has discounted already, counted from step t and not from the first step.",

  "wrong-set":
    "Each episode is normalised by itself, so a good episode no longer stands above a bad one. Take mean and deviation over all steps of the batch.",
  "deviation-of-one":
    "One value has no deviation: dividing by n - 1 or by a deviation of 0 gives NaN, and NaN weights for ever. Divide by n, and add 1e-8 to the deviation.",
  "sample-deviation": "The deviation is divided by n - 1; here it is divided by n.",
  "not-centred": "The mean is still in the returns.",
  "not-scaled": "The mean is gone, but the deviation is not 1.",

  greedy:
    "The same action comes every time: the likeliest one. The gradient is an expectation over drawn actions, so draw: `categorical(logits).sample(rng)`.",
  "policy-ignored": "The actions do not follow the policy's probabilities.",
  "own-randomness":
    "The same `rng` gives other actions the second time, so a run can't be repeated. Draw from `rng` only.",

  detached:
    "The result is cut off from the policy, so its gradient is 0 and nothing is learned. `item()`, `toArray()` and `tensor(…)` make plain numbers; compute with tensors, and join them by `stack`.",
  "all-actions": "There is a number for every action. Only that of the action taken counts: `logProb(actions)`.",
  "outer-product":
    "A [T, 1] stands beside a [T], which in many libraries is a whole table of products, and here an error. Both have to be [T].",
  "column-shape": "The shape is [T, 1]. It has to be [T]: beside a list of T advantages, a column becomes a table.",
  probabilities: "These are probabilities. The gradient of J needs their logarithms.",

  "wrong-sign":
    "The sign is wrong. An optimiser goes downhill and the return has to rise, so the loss is minus the sum. With this sign the policy learns to fail.",
  "mean-for-sum":
    "The steps are averaged. The gradient of J is a sum over steps; a mean makes long episodes count less.",
  "sum-for-mean":
    "The losses of the episodes are added up. Take their mean, so that the step does not grow with the batch.",
  "advantages-ignored": "The advantages have no effect.",
  "returns-not-normalised": "The loss uses the returns as they are. They have to be normalised over the batch first.",
  "no-step": "The weights have not moved: `backward()` fills in the gradients, and `optimizer.step()` uses them.",
  "missing-zero-grad":
    "The second update also contains the gradient of the first: `backward()` adds. Call `optimizer.zeroGrad()` before it.",
  "stale-graph":
    "`backward()` met a result that an earlier `backward()` has used up. Compute log-probabilities and loss anew for each update.",
  unclipped:
    "A long gradient is not scaled down: call `clipGradNorm(policy.parameters(), 1)` between `backward()` and `step()`.",

  "too-few-episodes": "`train` has to return what each of the episodes paid, as a list of numbers.",
  "not-learned": "The policy has not learned to balance the pole.",
  "endless-loop": "The test was stopped: it took too long, which is usually a loop that does not end.",
} as const;

export type MistakeName = keyof typeof mistakes;
