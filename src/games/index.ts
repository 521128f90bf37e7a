/** Turn-based games for two: the contract, games, exact values and best responses, equilibria, and rules of learning. */

export { Average } from "./average.js";
export { backwardInduction } from "./backward-induction.js";
export { type BestResponse, bestResponse, exploitability, nashConv, valueBounds } from "./best-response.js";
export type { Board } from "./board.js";
export { checkGame } from "./check-game.js";
export { type Counterfactuals, counterfactuals } from "./counterfactual.js";
export { type Equilibrium, equilibrium } from "./equilibrium.js";
export { type Chance, type Game, type GamePlayer, playerOf, randomPlayer, type Seat, type Turn } from "./game.js";
export { hiddenMoves, matchingPennies } from "./hidden-moves.js";
export { connectFour, inARow, ticTacToe } from "./in-a-row.js";
export { judgedProfile } from "./judged-profile.js";
export { kuhn } from "./kuhn.js";
export {
  type LearningRule,
  type LearningStep,
  learnGame,
  magnetRule,
  neurdRule,
  policyGradientRule,
  type Situation,
} from "./learning.js";
export { leduc } from "./leduc.js";
export { match, type SlowPlayer } from "./match.js";
export { gameValue, type Profile, profileOf, uniformProfile } from "./profile.js";
export { legalMask, seatObservation } from "./seat-view.js";
export { CHANCE, END, type GameTree, gameTree, type InformationSet } from "./tree.js";
