/** Minibatches: parts of a batch in random order. */

import { release } from "../kernels/heap.js";
import type { Rows, Sequences } from "../policies/rows.js";
import type { Generator } from "../random/generator.js";
import { selectRows, type Tensor } from "../tensor/index.js";

/**
 * The numbers 0 … size - 1 in random order, in parts of `partSize`; the last part may be shorter. If one part would hold
 * them all, it is `undefined`: the rows stay in order, and nothing is drawn.
 */
export function shuffledParts(size: number, partSize: number, rng: Generator): (Int32Array | undefined)[] {
  if (partSize >= size) return [undefined];
  const order = rng.permutation(size);
  const count = Math.ceil(size / partSize);
  return Array.from({ length: count }, (_, i) => order.subarray(i * partSize, (i + 1) * partSize));
}

/** The rows that gradient steps learn from: collected columns, and columns computed from them. */
export interface Steps extends Rows {
  readonly actions: Tensor;
  readonly logProbs: Tensor;
  readonly values: Tensor;
  readonly advantages: Float64Array;
  readonly returns: Tensor;
  /** Which rows of the batch these are. Undefined if they are all of them, in order. */
  readonly rows?: Int32Array | undefined;
}

/**
 * Divides the steps into minibatches. Each is valid until the next one is requested. If one minibatch would hold all
 * steps, it is `steps` itself. If there are sequences, a minibatch consists of whole sequences, at least one.
 */
export function* inMinibatches(steps: Steps, minibatchSize: number, rng: Generator): Iterable<Steps> {
  const { sequences } = steps;
  const size = steps.advantages.length;
  if (sequences === undefined) {
    for (const rows of shuffledParts(size, minibatchSize, rng)) yield* part(steps, rows, undefined);
    return;
  }
  const copies = Math.max(1, Math.floor(minibatchSize / sequences.steps));
  for (const chosen of shuffledParts(sequences.copies, copies, rng)) {
    const rows = chosen && rowsOf(chosen, sequences.steps);
    yield* part(steps, rows, chosen && chosenSequences(sequences, chosen, rows as Int32Array));
  }
}

function* part(steps: Steps, rows: Int32Array | undefined, sequences: Sequences | undefined): Iterable<Steps> {
  if (rows === undefined) {
    yield steps;
    return;
  }
  const features = selectRows(steps.features, rows);
  const actions = selectRows(steps.actions, rows);
  const logProbs = selectRows(steps.logProbs, rows);
  const masks = steps.masks && selectRows(steps.masks, rows);
  const values = selectRows(steps.values, rows);
  const returns = selectRows(steps.returns, rows);
  const advantages = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) advantages[i] = steps.advantages[rows[i]];
  yield { features, actions, logProbs, masks, values, advantages, returns, sequences, rows };
  for (const column of [features, actions, logProbs, masks, values, returns, sequences?.memory])
    if (column !== undefined) release(column.block);
}

/**
 * Divides rows into parts of `partSize`, in order and with features only. Each part is valid until the next one is
 * requested. Rows that fit into one part, and rows of sequences, are returned as they are.
 */
export function* inParts(rows: Rows, partSize: number): Iterable<Rows> {
  const size = rows.features.shape[0];
  if (size <= partSize || rows.sequences !== undefined) {
    yield rows;
    return;
  }
  for (let start = 0; start < size; start += partSize) {
    const features = rows.features.slice(start, Math.min(start + partSize, size));
    yield { features };
    release(features.block);
  }
}

/** Copies one number a row of a part to the places of these rows in the batch. */
export function copyRows(from: Float64Array, rows: Int32Array | undefined, to: Float64Array): void {
  if (rows === undefined) to.set(from);
  else for (let i = 0; i < rows.length; i++) to[rows[i]] = from[i];
}

/** The rows of the chosen copies, in order. */
function rowsOf(copies: Int32Array, steps: number): Int32Array {
  return Int32Array.from(
    { length: copies.length * steps },
    (_, k) => copies[Math.floor(k / steps)] * steps + (k % steps),
  );
}

function chosenSequences({ steps, begins, memory }: Sequences, copies: Int32Array, rows: Int32Array): Sequences {
  return {
    copies: copies.length,
    steps,
    begins: Uint8Array.from(rows, (row) => begins[row]),
    memory: selectRows(memory, copies),
  };
}
