/** A whole number with its thousands apart, the same wherever it runs: `51,200`. */
export function thousands(count: number, separator = ","): string {
  return String(count).replaceAll(/\B(?=(\d{3})+$)/g, separator);
}
