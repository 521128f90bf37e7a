import { release } from "../../kernels/heap.js";
import { language } from "../../kernels/language.js";
import { gradient, result } from "../graph.js";
import { requireTensor } from "../require-tensor.js";
import { showShape, TensorError } from "../shape.js";
import { at, type Node, Tensor } from "../tensor.js";
import { requireIds } from "./require-ids.js";

/** Rows of h, and tokens, in a unit of work (`kernels/token-log-probs.h`). */
const ROWS = 16;
export const TOKENS = 32;
/** Without a graph, no more logits than about these are held at a time. */
const CHUNK = 1 << 20;

/** What a head adds to h·Wᵀ. */
export interface HeadOptions {
  /** τ > 0: the logits are divided by it. Default: 1. */
  readonly temperature?: number;
  /** [V], added to the logits before they are divided. */
  readonly bias?: Tensor;
}

interface Head {
  readonly targets: Tensor;
  readonly temperature: number;
  /** For each row, the largest logit and log Σ exp(z - top), [m, 2]. */
  readonly moments: Tensor;
  /** z [m, V], if there is a graph. The backward step overwrites them with their gradient. */
  logits?: Tensor;
}

/**
 * The head of a language model with the probability of one token for each row: [2, m] from h [m, C], W [V, C] (which may
 * be the table of `embedding`) and int32 targets [m]. With z = (h·Wᵀ + bias)/τ and p = softmax(z),
 *
 *   y[0] = log p(target)    y[1] = -Σ p·log p, the entropy, both in nats.
 *
 * A target of -1 (padding) gives 0 and 0, and no gradient. log p has the bits of `logSoftmax` of the same logits. The
 * logits are held once: the backward step turns them into their own gradient, for dy[0] = g and dy[1] = k:
 *
 *   dz_j = (g·(1[j = target] - p_j) - k·p_j·(log p_j + y[1])) / τ
 *
 * @throws TensorError if the shapes do not fit, a target is not from -1 to V - 1, or τ is not above 0
 */
export function tokenLogProbs(h: Tensor, w: Tensor, targets: Tensor, options: HeadOptions = {}): Tensor {
  const { temperature = 1, bias } = options;
  const { m, v, c } = requireHead("tokenLogProbs", h, w, bias);
  requireIds("tokenLogProbs", targets, -1, v - 1);
  if (targets.shape.length !== 1 || targets.size !== m) {
    const shapes = `${showShape(h.shape)} and ${showShape(targets.shape)}`;
    throw new TensorError(`tokenLogProbs: needs h [m, C] and targets [m], got ${shapes}`);
  }
  requireTemperature("tokenLogProbs", temperature);
  const saved: Head = { targets, temperature, moments: new Tensor([m, 2]) };
  const y = result([2, m], bias === undefined ? [h, w] : [h, w, bias], saved, headBackward);
  const rows = y.node === undefined ? Math.min(m, rowsAtATime(v)) : m;
  const logits = new Tensor([rows, v]);
  for (let first = 0; first < m; first += rows) {
    const count = Math.min(rows, m - first);
    language.token_log_probs(
      at(y) + first * 4,
      at(logits),
      at(saved.moments) + first * 8,
      at(h) + first * c * 4,
      at(w),
      bias === undefined ? 0 : at(bias),
      at(targets) + first * 4,
      count,
      v,
      c,
      m,
      temperature,
      0,
      Math.ceil(count / ROWS),
    );
  }
  if (y.node !== undefined) saved.logits = logits;
  else for (const { block } of [logits, saved.moments]) release(block);
  return y;
}

function headBackward(y: Tensor, { inputs: [h, w, bias], saved }: Node & { saved: Head }): void {
  const { targets, temperature, moments } = saved;
  const logits = saved.logits!;
  const [m, c] = h.shape;
  const v = w.shape[0];
  const [addH, addW] = [h, w].map((x) => (x.grad === undefined ? 0 : 1));
  for (const x of [h, w]) if (x.requiresGrad) x.grad ??= new Tensor(x.shape);
  const db = bias?.requiresGrad ? gradient(bias) : undefined;
  language.token_slopes(
    h.requiresGrad ? at(h.grad!) : 0,
    at(logits),
    at(y.grad!),
    at(y),
    at(moments),
    at(w),
    at(targets),
    m,
    v,
    c,
    temperature,
    addH,
    0,
    Math.ceil(m / ROWS),
  );
  const dw = w.requiresGrad ? at(w.grad!) : 0;
  const units = Math.ceil(v / TOKENS);
  if (dw !== 0 || db !== undefined)
    language.token_weights(dw, db === undefined ? 0 : at(db), at(logits), at(h), m, v, c, addW, 0, units);
  for (const { block } of [logits, moments]) release(block);
}

/** Whole units of rows, at least four. */
function rowsAtATime(v: number): number {
  return Math.ceil(Math.max(CHUNK / v, 4 * ROWS) / ROWS) * ROWS;
}

/** The lengths of a head's axes. @throws TensorError unless h is [m, C], w [V, C] and the bias [V] */
export function requireHead(
  operation: string,
  h: Tensor,
  w: Tensor,
  bias: Tensor | undefined,
): { m: number; v: number; c: number } {
  for (const given of bias === undefined ? [h, w] : [h, w, bias]) requireTensor(operation, given);
  const [m, c] = h.shape;
  const [v] = w.shape;
  const fits = h.shape.length === 2 && w.shape.length === 2 && w.shape[1] === c && v > 0;
  if (!fits || (bias !== undefined && (bias.shape.length !== 1 || bias.size !== v))) {
    const third = bias === undefined ? "" : ` and ${showShape(bias.shape)}`;
    const given = `${showShape(h.shape)}, ${showShape(w.shape)}${third}`;
    throw new TensorError(`${operation}: needs h [m, C], W [V, C] and a bias [V] or none, got ${given}`);
  }
  return { m, v, c };
}

/** @throws TensorError unless τ is a number above 0 */
export function requireTemperature(operation: string, temperature: number): void {
  if (!(temperature > 0 && temperature < Infinity))
    throw new TensorError(`${operation}: the temperature must be a number above 0, it is ${temperature}`);
}
