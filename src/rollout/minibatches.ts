/** Parts of a batch, in random order. */

import { release } from "../kernels/heap.js";
import type { Rows, Sequences } from "../policies/rows.js";
import type { Generator } from "../random/generator.js";
import { selectRows, type Tensor } from "../tensor/index.js";

/**
 * The numbers 0 … size - 1 in random order, cut into parts of `partSize`; the last may be shorter. A part that would be the whole
 * keeps its order, and nothing is drawn.
 */
export function shuffledParts(size: number, partSize: number, rng: Generator): (Int32Array | undefined)[] {
  if (partSize >= size) return [undefined];
  const order = rng.permutation(size);
  const count = Math.ceil(size / partSize);
  return Array.from({ length: count }, (_, i) => order.subarray(i * partSize, (i + 1) * partSize));
}

/** What gradient steps go through, a row for each step of the environment: what was collected, and what was computed for it. */
export interface Steps extends Rows {
  readonly actions: Tensor;
  readonly logProbs: Tensor;
  readonly values: Tensor;
  readonly advantages: Float64Array;
  readonly returns: Tensor;
}

/**
 * The steps in minibatches, each of them good until the next one is asked for; one that would be the whole is the whole. Where
 * the order of the rows in time matters, minibatches are made of whole sequences, one at least.
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
  yield { features, actions, logProbs, masks, values, advantages, returns, sequences };
  for (const column of [features, actions, logProbs, masks, values, returns, sequences?.memory])
    if (column !== undefined) release(column.block);
}

/**
 * The rows in parts of `partSize`, in their order, without what was computed for them; rows that fit into one part are that part.
 * Each part is good until the next one is asked for. Rows whose order in time matters stay together.
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

/** The rows of whole sequences. */
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
