/** Compares what a learner's function gave with the right value, and with the values that usual mistakes give. */

import { show } from "../errors.js";
import type { Fault, Mistake } from "./exercise.js";

/** What usual mistakes would give. */
export type Suspects = readonly (readonly [mistake: Mistake, gives: readonly number[]])[];

const NEAR = 1e-4;

/** Whether this is a list of the same numbers, to within `near`, or that part of the larger ones. */
export function agrees(got: unknown, want: readonly number[], near = NEAR): got is ArrayLike<number> {
  if (!Array.isArray(got) && !ArrayBuffer.isView(got)) return false;
  const numbers = Array.from(got as ArrayLike<unknown>);
  return numbers.length === want.length && numbers.every((value, i) => isClose(value, want[i], near));
}

function isClose(got: unknown, want: number, near: number): boolean {
  return typeof got === "number" && Math.abs(got - want) <= near * Math.max(1, Math.abs(want));
}

/**
 * The fault of a list that is not the right one, or undefined. Numbers agree to within 1e-4, or 1e-4 of the larger ones. The
 * mistake is the first suspect whose numbers `got` agrees with. Otherwise it is one that any function can have:
 * `nothing-returned`, `not-finite`, `signs-reversed`, `wrong-scale`, or else `wrong-value`.
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
  return suspect === undefined ? anyFault(detail, got, want) : { mistake: suspect[0], detail };
}

/** The fault of a list that no suspect gives. */
export function anyFault(detail: string, got: unknown, want: readonly number[], near = NEAR): Fault {
  if (isNothing(got)) return { mistake: "nothing-returned", detail };
  if (!isNumbers(got)) return { mistake: "wrong-value", detail };
  if (!got.every(Number.isFinite)) return { mistake: "not-finite", detail };
  const factor = factorOf(got, want, near);
  if (factor === undefined) return { mistake: "wrong-value", detail };
  if (factor === -1) return { mistake: "signs-reversed", detail };
  return { mistake: "wrong-scale", detail: `${detail}. Each is ${rounded(factor)} times the right one` };
}

/** Whether a function returned nothing, or `map` was given one that does not. */
export function isNothing(got: unknown): boolean {
  return got === undefined || (Array.isArray(got) && got.length > 0 && got.every((one) => one === undefined));
}

function isNumbers(got: unknown): got is readonly number[] {
  return Array.isArray(got) && got.every((value) => typeof value === "number");
}

/** The factor between two lists, if it is the same for each number, of which at least two are not 0. */
function factorOf(got: readonly number[], want: readonly number[], near: number): number | undefined {
  if (got.length !== want.length || want.filter((value) => Math.abs(value) > near).length < 2) return undefined;
  const largest = want.reduce((most, value, i) => (Math.abs(value) > Math.abs(want[most]) ? i : most), 0);
  const factor = got[largest] / want[largest];
  const isOne =
    Math.abs(factor) > near &&
    agrees(
      got,
      want.map((value) => factor * value),
      near,
    );
  return isOne ? nearWhole(factor, near) : undefined;
}

/** The whole number that is so near, or the number itself. */
function nearWhole(value: number, near: number): number {
  const whole = Math.round(value);
  return Math.abs(value - whole) <= near ? whole : value;
}

/** A value as a text, with numbers of at most five digits. */
export function rounded(value: unknown): string {
  const list = ArrayBuffer.isView(value) ? Array.from(value as unknown as ArrayLike<unknown>) : value;
  if (typeof list === "number") return String(Number(list.toPrecision(5)));
  return Array.isArray(list)
    ? `[${list.slice(0, 12).map(rounded).join(", ")}${list.length > 12 ? ", …" : ""}]`
    : show(list);
}
