/** Round numbers along an axis. */
export interface Ticks {
  readonly step: number;
  readonly values: readonly number[];
  /** All in one notation, with as many decimals as the step needs. */
  readonly labels: readonly string[];
}

/** The multiples of 1, 2 or 5 times a power of ten between `low` and `high`: about `most` of them, at least 2. */
export function ticksWithin(low: number, high: number, most: number): Ticks {
  const count = (step: number): number => Math.floor(high / step) - Math.ceil(low / step) + 1;
  const wanted = Math.max(most, 2);
  let step = roundUp((high - low) / wanted);
  while (count(step) > wanted) step = roundUp(step * 1.5);
  while (count(step) < 2) step = roundUp(step / 4);
  return multiples(step, Math.ceil(low / step), Math.floor(high / step));
}

/** As `ticksWithin`, with one more tick at either end if it is needed to enclose `low` and `high`. */
export function ticksAround(low: number, high: number, most: number): Ticks {
  const { step } = ticksWithin(low, high, most);
  return multiples(step, Math.floor(low / step), Math.ceil(high / step));
}

function multiples(step: number, first: number, last: number): Ticks {
  const values = Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step + 0);
  return { step, values, labels: labelsOf(values, step) };
}

/** The least number of the form 1, 2 or 5 times a power of ten that is at least `value`. */
function roundUp(value: number): number {
  const exponent = exponentOf(value);
  const steps = [1, 2, 5, 10].map((digit) => Number(`${digit}e${exponent}`));
  return steps.find((step) => step >= value * (1 - 1e-12)) ?? steps[3];
}

/** The exponent of ten in scientific notation. */
function exponentOf(value: number): number {
  return Number(value.toExponential().split("e")[1]);
}

const UNITS = [
  { size: 1e9, sign: "G" },
  { size: 1e6, sign: "M" },
  { size: 1e3, sign: "k" },
] as const;

function labelsOf(values: readonly number[], step: number): string[] {
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (largest >= 1e13 || (largest > 0 && largest < 1e-3)) {
    const digits = Math.min(Math.max(exponentOf(largest) - exponentOf(step), 0), 15);
    return values.map((value) => (value === 0 ? "0" : value.toExponential(digits).replace("e+", "e")));
  }
  const unit = largest >= 1e4 ? UNITS.find(({ size }) => largest >= size && step >= size / 100) : undefined;
  const { size, sign } = unit ?? { size: 1, sign: "" };
  const decimals = Math.min(Math.max(-exponentOf(step / size), 0), 15);
  return values.map((value) => (value === 0 ? "0" : `${(value / size).toFixed(decimals)}${sign}`));
}
