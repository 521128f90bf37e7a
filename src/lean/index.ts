/**
 * The front door without Ascent's own environments and algorithms, for pages: a bundle holds only those that it registers.
 *
 *   import { ppo } from "ascent/algorithms";
 *   import { cartPole } from "ascent/envs";
 *   import { register, registerAlgorithm, train } from "ascent/lean";
 *
 *   register(cartPole);
 *   registerAlgorithm(ppo);
 *   for (const update of train({ algorithm: "ppo", env: "CartPole-v1" })) console.log(update.averageReturn);
 */

export { registerAlgorithm } from "../algorithms/entries.js";
export { make, makeBatch, register } from "../envs/entries.js";
export { resume, train, trainNamed } from "../training/start.js";
