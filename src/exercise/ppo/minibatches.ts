/** Tests of minibatches. */

import { defaultRng } from "../../random/index.js";
import { isNothing, rounded } from "../compare.js";
import type { Fault, Test } from "../exercise.js";
import type { PpoAnswer } from "./answer.js";

type MinibatchesAnswer = Pick<PpoAnswer, "minibatches">;

const SIZE = 10;
const MINIBATCH = 4;

function judge({ minibatches }: MinibatchesAnswer): Fault | undefined {
  const rng = defaultRng(3);
  const first: unknown = minibatches(SIZE, MINIBATCH, rng);
  const second: unknown = minibatches(SIZE, MINIBATCH, rng);
  const again: unknown = minibatches(SIZE, MINIBATCH, defaultRng(3));
  const call = `minibatches(${SIZE}, ${MINIBATCH}, rng)`;
  const shown = (lists: unknown): string =>
    Array.isArray(lists) ? `[${lists.map(rounded).join(", ")}]` : rounded(lists);
  const detail = `${call} gave ${shown(first)}`;
  if (Array.isArray(first) && first.some((list) => ArrayBuffer.isView(list))) return { mistake: "typed-array", detail };
  if (isNothing(first)) return { mistake: "nothing-returned", detail };
  if (!isLists(first) || !isLists(second) || !isLists(again)) return { mistake: "wrong-value", detail };
  const rows = first.flat();
  if (rows.some((row) => !Number.isInteger(row) || row < 0 || row >= SIZE)) return { mistake: "wrong-value", detail };
  if (new Set(rows).size < rows.length) return { mistake: "rows-repeated", detail };
  if (rows.length < SIZE) return { mistake: "rows-dropped", detail };
  if (rounded(first.map(({ length }) => length)) !== "[4, 4, 2]")
    return { mistake: "wrong-value", detail: `${detail}; right are lists of 4, 4 and 2` };
  if (rows.every((row, i) => row === i) || String(rows) === String(second.flat()))
    return { mistake: "not-shuffled", detail };
  if (String(rows) === String(again.flat())) return undefined;
  return { mistake: "own-randomness", detail: `${detail}, and ${shown(again)} from the same generator` };
}

function isLists(value: unknown): value is readonly (readonly number[])[] {
  return Array.isArray(value) && value.every((list) => Array.isArray(list));
}

/** Ten rows in lists of four. */
export const minibatchesTest: Test<MinibatchesAnswer> = {
  name: "minibatches",
  subject: "minibatches",
  wants: "every row once in an epoch, in another order each time",
  seconds: 10,
  run: (answer) => ({ fault: judge(answer) }),
};
