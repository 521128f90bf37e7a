/** Compares what a learner's function gave with the right value, and with the values that usual mistakes give. */

import { show } from "../errors.js";
import type { Fault } from "./exercise.js";
import type { MistakeName } from "./mistakes.js";

/** What a mistake would give. */
export type Suspects = readonly (readonly [mistake: MistakeName, gives: readonly number[]])[];

/** Whether this is a list of the same numbers, to within float32's rounding. */
function agrees(got: unknown, want: readonly number[]): boolean {
  if (!Array.isArray(got) && !ArrayBuffer.isView(got)) return false;
  const numbers = Array.from(got as ArrayLike<unknown>);
  return numbers.length === want.length && numbers.every((value, i) => isClose(value, want[i]));
}

function isClose(got: unknown, want: number): boolean {
  return typeof got === "number" && Math.abs(got - want) <= 1e-4 * Math.max(1, Math.abs(want));
}

/** The fault of a list that is not the right one: the first suspect that gives the same, or that it is wrong. */
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
