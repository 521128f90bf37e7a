/** The elementary draws of a generator, from which the others are made. */
export interface Source {
  /** Uniform in [0, 1). */
  random(): number;
  standardNormal(): number;
  standardExponential(): number;
}
