/** A number in at most about five characters: `1200`, `12k`, `0.003`, `1e-5`. */
export function short(x: number): string {
  if (x === 0 || !Number.isFinite(x)) return String(x);
  const size = Math.abs(x);
  if (size >= 1e6) return `${trimmed(x / 1e6)}M`;
  if (size >= 1e4) return `${trimmed(x / 1e3)}k`;
  if (size < 1e-3) return x.toExponential(1).replace(".0e", "e");
  return trimmed(x);
}

function trimmed(x: number): string {
  const size = Math.abs(x);
  const digits = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
  return String(Number(x.toFixed(digits)));
}
