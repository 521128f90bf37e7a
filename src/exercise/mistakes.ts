/** The usual mistakes, each with the sentence that a learner reads. */
export const mistakes = {
  "not-written": "This function still has the starter's placeholder.",
  missing: "The file does not export this function. Keep the starter's names, with `export` before each.",
  threw: "Your code threw an error.",
  "nothing-returned":
    "Nothing is returned. A function needs `return` before its result, and so does `=> { … }`, a short function with braces.",
  "unknown-method":
    "There is no function of this name. Names are written like `zeroGrad`, where PyTorch has `zero_grad`.",
  "not-a-tensor":
    "Only tensors have this function, and this is not one. `tensor(…)` makes a tensor of a list of numbers.",
  "not-imported":
    "A name is used that the file does not know. If it is a part of Ascent, import it: the page beside your file says from where.",
  "mapped-directly":
    "`map` passes the index as well, and the second argument of `tensor` is a shape. Write `map((one) => tensor(one))`.",
  "wrong-value": "The result is not the right one.",
  "wrong-scale": "All numbers are too large, or too small, by the same factor.",
  "signs-reversed": "Every number has the wrong sign.",
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
    "The same `rng` gives another result the second time, so a run can't be repeated. Draw from `rng` only.",

  detached:
    "The result is cut off from the policy, so its gradient is 0 and nothing is learned. `item()`, `toArray()` and `tensor(…)` make plain numbers; compute with tensors, and join them by `stack`.",
  "all-actions": "There is a number for every action. Only that of the action taken counts: `logProb(actions)`.",
  "outer-product":
    "A [T, 1] stands beside a [T], which gives a whole table of products in many libraries, and an error here. Both have to be [T].",
  "column-shape": "The shape is [T, 1]. It has to be [T]: beside a list of T advantages, a column becomes a table.",
  probabilities: "These are probabilities. The gradient of J needs their logarithms.",

  "wrong-sign":
    "The sign is wrong. An optimiser goes downhill, and the return has to rise, so the loss has a minus in front. With this sign the policy learns to fail.",
  "mean-for-sum":
    "The steps are averaged. The gradient of J is a sum over steps; a mean makes long episodes count less.",
  "sum-for-mean":
    "The losses of the episodes are added up. Take their mean, so that the step does not grow with the batch.",
  "advantages-ignored": "The advantages have no effect.",
  "returns-not-normalised": "The loss uses the returns as they are. They have to be normalised over the batch first.",
  "no-step":
    "The weights have not moved. The order is: `zeroGrad()` of each optimiser, `backward()`, which fills in the gradients, and `step()`, which uses them.",
  "missing-zero-grad":
    "A gradient also contains that of the step before: `backward()` adds. Call `zeroGrad()` of each optimiser before it.",
  "stale-graph":
    "`backward()` met a result that an earlier `backward()` has used up. Compute log-probabilities, values and losses anew for each update. Where two losses share a result, add them up and call `backward()` once.",
  unclipped:
    "A long gradient is not scaled down to the length that is asked for: call `clipGradNorm` for each network, between `backward()` and `step()`.",
  "other-limit": "Gradients are scaled down to another length than the one that is asked for.",
  "clipped-together":
    "Both networks are scaled down as one, so a long gradient of the one shortens that of the other. Call `clipGradNorm` for each by itself.",

  "baseline-leaks":
    "The policy's loss sends a gradient into V. It spoils the critic, and where both share layers it biases the policy as well. Use `values.detach()`.",
  "baseline-added": "V is added. An action counts by how much better it went than expected: minus V.",
  "baseline-ignored": "V has no effect on the policy's loss.",
  "critic-detached":
    "The critic's loss has no gradient, so V is never learned. V is detached in the policy's loss, not in its own.",
  "steps-summed": "The steps are added up. Take their mean.",
  "critic-sign":
    "The sign is wrong. V's errors have to become small, and an optimiser goes downhill: the loss is plus the mean of their squares.",
  "critic-halved": "The critic's loss is halved. Here it counts in full.",
  "not-squared": "The errors are not squared, so those of opposite signs cancel.",

  "time-limit-as-death":
    "A time limit is taken for death. Only a terminal state is worth 0; after a time limit more would have followed, which V estimates.",
  "terminal-bootstrapped": "V is used after a terminal state, where nothing follows. It counts as 0 there.",
  "done-off-by-one":
    "The flag of another step is used. `terminated[t]` and `truncated[t]` say what step t led to, so they belong to what follows step t.",
  "end-reversed": "It is the wrong way round: what follows counts unless the step led to a terminal state.",
  "next-value-missing": "What follows is missing: γ V(sₜ₊₁), unless the step led to a terminal state.",
  "reward-missing": "The reward is missing.",
  "target-not-detached":
    "A gradient is left in the target, so the target would be drawn towards V as well. It has to count as a constant: use `detach()`.",

  "value-missing": "V(sₜ) is missing.",
  "value-added": "V(sₜ) is added. An advantage is how much better it went than V expected: minus V.",
  "across-episodes":
    "The advantages of one episode run into those of the one before it. Begin anew at a step that was terminated or truncated.",
  "across-time-limits":
    "The sum goes on over a time limit, after which the list continues with another episode. Begin anew there too.",
  "lambda-missing": "λ has no effect: the factor is γλ.",
  "gamma-missing": "γ has no effect: the factor is γλ.",
  "not-summed": "These are the one-step advantages. Add those of the later steps, each with one more factor γλ.",
  "summed-forwards": "The sum holds the steps before, not those that follow. Start at the last step.",
  "advantages-not-normalised": "The policy's loss uses the advantages as they are. They have to be normalised first.",
  "difference-for-sum": "This is a difference. The target is the sum A + V.",
  "critic-on-advantages": "The critic learns the advantages. It has to learn the targets, A + V.",
  "targets-normalised":
    "The critic's targets were made from normalised advantages, so V would learn returns on a scale that changes with every batch. Make them from the advantages as they are.",

  "ratio-of-logarithms": "The logarithms are divided. π/π_old is e to the power of their difference.",
  "ratio-not-exponential": "This is ln ρ. The ratio is its exponential.",
  "ratio-inverted": "The ratio is upside down: the new policy is above, the old one below.",
  "ratio-from-probabilities":
    "Probabilities are divided. In float32 that of an unlikely action is 0, and 0 / 0 is NaN. Subtract the logarithms, and then take the exponential.",
  "old-policy-ignored": "This is the probability. Divide it by that of the old policy.",
  "unclipped-ratio": "The ratio is not clipped, so nothing holds the policy near the old one.",
  "clipped-only":
    "Only the clipped product is used. A bad action that became likelier would then have no gradient: take the smaller of the two products.",
  "max-for-min": "The larger product is taken, which rewards moving far. Take the smaller one.",
  "clip-ignored": "ε is 0.2 here, whatever is passed in. Use the argument `clip`.",
  "clipped-product": "The product is clipped. Clip the ratio, and then multiply it by the advantage.",
  "rows-repeated": "Some rows come more than once in an epoch. Shuffle the numbers, and cut the list into parts.",
  "rows-dropped": "Some rows are missing. The last minibatch may be shorter.",
  "typed-array":
    "The rows are typed arrays, whose `map` makes numbers of everything. Lists are asked for: `Array.from(…)` makes one.",
  "not-shuffled": "The order is the same each time. Shuffle the numbers with `rng`.",
  "rows-misaligned":
    "Steps of a minibatch meet the advantages of others. Pick observations, actions, log-probabilities, advantages and targets by the same rows.",
  "one-order":
    "Every epoch goes through the steps in the same order. Call `minibatches` within the loop over epochs, which draws a new one each time.",
  "settings-ignored":
    "A number is written into the code that `settings` has: ε, the number of epochs, or the size of a minibatch. Use `settings`.",
  "normalised-by-minibatch":
    "Each minibatch normalises its advantages. `judged` has normalised them, once over all steps: use them as they are.",
  "one-epoch": "Only one pass was made: go through all minibatches `epochs` times.",
  "old-log-probs-recomputed":
    "The old log-probabilities are computed by the new policy, so the ratio is always 1 and nothing is clipped. Use those stored with the steps.",
  "advantages-judged-again":
    "The advantages are computed again while the critic changes. Compute them and the targets once, before the first pass.",

  "critic-not-moved":
    "The critic's weights have not moved, so its V is never learned: call `criticOptimizer.step()` too.",
  "policy-not-moved": "The policy's weights have not moved: call `policyOptimizer.step()` too.",

  "too-few-episodes": "`train` has to return what each of the episodes paid, as a list of numbers.",
  "not-learned": "The policy has not learned to balance the pole.",
  "endless-loop": "The test was stopped: it took too long, which is usually a loop that does not end.",
} as const;

/** The name of a mistake that has a sentence in `mistakes`. */
export type MistakeName = keyof typeof mistakes;
