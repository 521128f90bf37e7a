/** Compares what a learner's function gave with the right value, and with the values that usual mistakes give. */

import { show } from "../errors.js";
import type { Fault, Mistake } from "./exercise.js";

/** What usual mistakes would give. */
export type Suspects = readonly (readonly [mistake: Mistake, gives: readonly number[]])[];

/** Whether this is a list of the same numbers, to within float32's rounding. */
function agrees(got: unknown, want: readonly number[]): boolean {
  if (!Array.isArray(got) && !ArrayBuffer.isView(got)) return false;
  const numbers = Array.from(got as ArrayLike<unknown>);
  return numbers.length === want.length && numbers.every((value, i) => isClose(value, want[i]));
}

function isClose(got: unknown, want: number): boolean {
  return typeof got === "number" && Math.abs(got - want) <= 1e-4 * Math.max(1, Math.abs(want));
}

/**
 * The fault of a list that is not the right one, or undefined. Numbers agree to within 1e-4, or 1e-4 of the larger ones. The
 * mistake is the first suspect whose numbers `got` agrees with, otherwise `not-finite` or `wrong-value`.
 *
 * @param call What was called, in words: `returnsToGo([1, 2], 0.5)`
 */
export function compare(
  call: string,
  got: unknown,
  want: readonly number[],
  suspects: Suspects = [],
): Fault | undefined {
  if (agrees(got, want)) return undefined;
  const detail = `${call} gave ${rounded(got)}; right is ${rounded(want)}`;
  const suspect = suspects.find(([, gives]) => agrees(got, gives));
  if (suspect !== undefined) return { mistake: suspect[0], detail };
  return { mistake: isNumbers(got) && !got.every(Number.isFinite) ? "not-finite" : "wrong-value", detail };
}

function isNumbers(got: unknown): got is readonly number[] {
  return Array.isArray(got) && got.every((value) => typeof value === "number");
}

/** A value as a text, with numbers of at most five digits. */
export function rounded(value: unknown): string {
  const list = ArrayBuffer.isView(value) ? Array.from(value as unknown as ArrayLike<unknown>) : value;
  if (typeof list === "number") return String(Number(list.toPrecision(5)));
  return Array.isArray(list)
    ? `[${list.slice(0, 12).map(rounded).join(", ")}${list.length > 12 ? ", …" : ""}]`
    : show(list);
}
