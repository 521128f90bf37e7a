/** V minus A. */
export function valueTargets(advantages: readonly number[], values: readonly number[]): number[] {
  return advantages.map((advantage, t) => values[t] - advantage);
}
