import type { Evaluation } from "../../training/evaluate.js";
import type { Finding } from "../finding.js";
import type { ElementScale } from "./scales.js";
import type { LayerUnits } from "./units.js";

/** What playing showed. */
export interface Examination {
  /** With actions drawn as in training, and with the likeliest ones. */
  readonly drawn: Evaluation;
  readonly deterministic: Evaluation;
  /** Each number of the observation, as the environment gives it. */
  readonly observations: readonly ElementScale[];
  /** Whether the policy normalises them. */
  readonly normalised: boolean;
  /** The share of the drawn actions' numbers that lie at a bound. Undefined for actions without bounds. */
  readonly atBounds: number | undefined;
  /** The memory, if there is one, and the hidden layers of a network that describes itself. */
  readonly layers: readonly LayerUnits[];
  /** The gravest first. */
  readonly findings: readonly Finding[];
}
