import { f32 } from "../../kernels/memory.js";
import { gradient, result } from "../graph.js";
import { requireTensor } from "../require-tensor.js";
import { showShape, TensorError } from "../shape.js";
import { at, type Node, type Tensor } from "../tensor.js";

/** Elements [start, end) of a row of numbers. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * y[i] = Σ x[t] for t from `spans[i].start` up to `spans[i].end`: such as the log-probability of each sequence, from those of all
 * tokens. Sums run in float64, in order, and are rounded once.
 *
 * @throws TensorError unless x is [n] and the spans lie in it
 */
export function segmentSum(x: Tensor, spans: readonly Span[]): Tensor {
  requireTensor("segmentSum", x);
  if (x.shape.length !== 1 || x.dtype !== "float32")
    throw new TensorError(`segmentSum: needs float32 numbers [n], got ${x.dtype} ${showShape(x.shape)}`);
  const wrong = spans.findIndex(({ start, end }) => !(start >= 0 && start <= end && end <= x.size));
  if (wrong >= 0) {
    const { start, end } = spans[wrong];
    throw new TensorError(`segmentSum: span ${wrong} from ${start} to ${end} is not within ${x.size} numbers`);
  }
  const y = result([spans.length], [x], spans, segmentSumBackward);
  const to = at(y) >>> 2;
  const from = at(x) >>> 2;
  spans.forEach(({ start, end }, i) => {
    let sum = 0;
    for (let t = start; t < end; t++) sum += f32[from + t];
    f32[to + i] = sum;
  });
  return y;
}

function segmentSumBackward(y: Tensor, { inputs: [x], saved: spans }: Node & { saved: readonly Span[] }): void {
  const dx = at(gradient(x)) >>> 2;
  const dy = at(y.grad!) >>> 2;
  spans.forEach(({ start, end }, i) => {
    for (let t = start; t < end; t++) f32[dx + t] += f32[dy + i];
  });
}
