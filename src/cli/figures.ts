/** Formats numbers for people. */

/** At most four significant digits, with separated thousands: `0.01234`, `475.3`, `78,120`. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e9)) return value.toExponential(2);
  const digits = size >= 1000 ? 0 : size >= 100 ? 1 : size >= 10 ? 2 : size >= 1 ? 3 : 4;
  return Number(value.toFixed(digits)).toLocaleString("en-GB", { maximumFractionDigits: digits });
}

/** As `figure`, or a dash for NaN and undefined, such as the average return before the first episode ends. */
export function figureOrDash(value: number | undefined): string {
  return value === undefined || Number.isNaN(value) ? "-" : figure(value);
}

/** `0.4 s`, `12 s`, `3 min 05 s`, `2 h 10 min`. */
export function duration(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${String(whole % 60).padStart(2, "0")} s`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")} min`;
}

/** `1 episode`, `2,000 episodes`. */
export function count(n: number, noun: string, plural = `${noun}s`): string {
  return `${n.toLocaleString("en-GB")} ${n === 1 ? noun : plural}`;
}

/** The limits of a run: `1,000 episodes`, `100,000 steps`, or both with `or`. */
export function limits({ episodes, steps }: { episodes?: number | null; steps?: number | null }): string {
  return [
    ...(episodes == null ? [] : [count(episodes, "episode")]),
    ...(steps == null ? [] : [count(steps, "step")]),
  ].join(" or ");
}
