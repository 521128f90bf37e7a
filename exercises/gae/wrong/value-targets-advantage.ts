/** The advantage alone, without V. */
export function valueTargets(advantages: readonly number[]): number[] {
  return [...advantages];
}
