/**
 * Prints a SHA-256 over the results of every kernel, on sizes that leave all kinds of remainders, and one over the weights
 * of a small training run. Every build and every instruction set must print the same.
 */

import { createHash } from "node:crypto";
import { categorical } from "../../src/distributions/index.js";
import { address, allocate } from "../../src/kernels/heap.js";
import { backendName, kernels } from "../../src/kernels/kernels.js";
import { language } from "../../src/kernels/language.js";
import { f32, f64, i32, u32 } from "../../src/kernels/memory.js";
import { mlp } from "../../src/nn/index.js";
import { adam, clipGradNorm } from "../../src/optim/index.js";
import { defaultRng } from "../../src/random/index.js";
import { type Activation, gru, indices, network, parameter, type Tensor, tensor } from "../../src/tensor/index.js";

const LENGTHS = [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33, 100, 515];
const SPECIAL = [0, -0, 1, -1, Number.NaN, Infinity, -Infinity, 1e-40, -1e-45, 3e38, -3e38, 88.8, -103.9, 1e-8, 0.5];
const rng = defaultRng(7);
let hash = createHash("sha256");

/** Where the operands lie, one after another and then from the start again: far more room than one call needs. */
const arena = address(allocate(8_000_000));
let used = 0;

/** The address of `n` floats: normal numbers of many sizes, with a sprinkle of special ones if asked. */
function floats(n: number, { special = false, positive = false } = {}): number {
  if (used + 4 * n > 8_000_000) used = 0;
  const at = arena + used;
  used += 4 * n;
  const values = rng.standardNormal(n).map((x, i) => {
    if (special && i % 5 === 2) return SPECIAL[(i * 7) % SPECIAL.length];
    const scaled = x * 2 ** ((i % 9) - 4);
    return positive ? Math.abs(scaled) : scaled;
  });
  f32.set(values, at >>> 2);
  return at;
}

/** The address of 2^16 floats of every exponent and both signs. */
function everySize(): number {
  const at = floats(65536);
  for (let i = 0; i < 65536; i++) u32[(at >>> 2) + i] = i * 65536 + ((i * 40503) & 0xffff);
  return at;
}

function whole(n: number, below: number): number {
  const at = floats(n);
  i32.set(rng.integers(0, below, n), at >>> 2);
  return at;
}

/** Adds `n` floats to the hash. All NaN count as one: their sign and payload are the machine's own affair. */
function take(at: number, n: number): void {
  const values = f32.slice(at >>> 2, (at >>> 2) + n).map((x) => (Number.isNaN(x) ? Number.NaN : x));
  hash.update(new Uint8Array(values.buffer));
}

function number(value: number): void {
  hash.update(String(value));
}

/** Groups of n, where one is a plain vector, and a tensor seen as [outer, length, inner]. */
const grouped = LENGTHS.flatMap((n) => [
  [1, n, 1],
  [3, n, 1],
  [1, 5, n],
  [2, n, 3],
]);
const rowCounts = [1, 2, 3, 15, 16, 17, 40];
const rows = [1, 2, 3, 4, 5, 8, 15, 16, 17, 33, 100].flatMap((n) => rowCounts.map((m) => [m, n]));
/** More rows, columns and depth than a block of the product has. */
const LARGE = [150, 150, 530];
const products = [1, 2, 3, 5, 8, 9, 17, 33, 70].flatMap((m) =>
  [1, 2, 3, 4, 5, 6, 8, 15, 16, 17, 31, 32, 33, 47, 65, 129].flatMap((n) =>
    [1, 2, 7, 16, 33, 257, 300].map((k) => [m, n, k]),
  ),
);
products.push(LARGE);

/** Outputs and all gradients of networks of those hidden layers, for a few rows and for as many as threads share. */
function networks(activations: readonly Activation[], hidden: readonly number[]): () => void {
  return () => {
    for (const m of [1, 5, 31, 64, 100, 257]) {
      const sizes = [6, ...hidden, 2];
      const some = (...shape: [number, number?]): Tensor =>
        parameter(tensor(rng.standardNormal(shape[0] * (shape[1] ?? 1)), shape as number[]));
      const layers = sizes.slice(1).map((outputs, i) => ({
        weights: some(sizes[i], outputs),
        bias: some(outputs),
        activation: activations[i] ?? ("none" as const),
      }));
      const x = some(m, 6);
      const y = network(x, layers);
      const before = y.toArray();
      y.square().sum().backward();
      const all = [x, ...layers.flatMap(({ weights, bias }) => [weights, bias])];
      for (const numbers of [before, ...all.map((p) => (p.grad as Tensor).toArray())])
        hash.update(new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength));
    }
  };
}

const programs: Record<keyof typeof kernels | keyof typeof language, () => void> = {
  unary() {
    for (const op of Array.from({ length: 10 }).keys()) {
      for (const n of LENGTHS) {
        const x = floats(n, { special: true });
        const y = floats(n);
        kernels.unary(op, y, x, n, -0.5, 0.75);
        take(y, n);
      }
      const x = everySize();
      const y = floats(65536);
      kernels.unary(op, y, x, 65536, -0.5, 0.75);
      take(y, 65536);
    }
  },
  unary_backward() {
    for (const op of Array.from({ length: 10 }).keys()) {
      for (const n of LENGTHS) {
        const x = floats(n, { special: true });
        const y = floats(n);
        const dx = floats(n);
        const dy = floats(n);
        kernels.unary(op, y, x, n, -0.5, 0.75);
        kernels.unary_backward(op, dx, dy, x, y, n, -0.5, 0.75);
        take(dx, n);
      }
    }
  },
  binary() {
    eachBroadcast((op, n, an, bn) => {
      const a = floats(an, { special: true });
      const b = floats(bn, { special: true });
      const y = floats(n);
      kernels.binary(op, y, a, b, n, an, bn);
      take(y, n);
    });
  },
  binary_backward() {
    eachBroadcast((op, n, an, bn) => {
      for (const side of [0, 1]) {
        const a = floats(an);
        const b = floats(bn);
        const dy = floats(n);
        const d = floats(side ? bn : an);
        kernels.binary_backward(op, side, d, dy, a, b, n, an, bn);
        take(d, side ? bn : an);
      }
    });
  },
  where() {
    for (const n of LENGTHS) {
      const condition = whole(n, 2);
      const a = floats(n, { special: true });
      const b = floats(n);
      const y = floats(n);
      kernels.where(y, condition, a, b, n);
      take(y, n);
    }
  },
  where_backward() {
    for (const n of LENGTHS) {
      for (const side of [0, 1]) {
        const condition = whole(n, 2);
        const d = floats(n);
        const dy = floats(n);
        kernels.where_backward(side, d, dy, condition, n);
        take(d, n);
      }
    }
  },
  // The three kernels of a network are called one after another by one operation.
  network_forward: networks(["tanh", "relu"], [3, 17]),
  network_slopes: networks(["gelu", "tanh"], [70, 33]),
  network_weights: networks(["relu"], [129]),
  fill() {
    for (const n of LENGTHS) {
      const x = floats(n);
      kernels.fill(x, n, 0.1);
      take(x, n);
    }
  },
  add_scaled() {
    for (const n of LENGTHS) {
      const x = floats(n);
      const y = floats(n);
      kernels.add_scaled(y, x, n, 0.3);
      take(y, n);
    }
  },
  copy_rows() {
    for (const n of LENGTHS) {
      for (const add of [0, 1]) {
        const x = floats(4 * n + 20);
        const y = floats(4 * n + 20);
        kernels.copy_rows(y, x, 4, n, n + 2, n + 5, add);
        take(y, 4 * n + 20);
      }
    }
  },
  first_not_finite() {
    for (const n of LENGTHS) {
      number(kernels.first_not_finite(floats(n, { special: true }), n));
      number(kernels.first_not_finite(floats(n), n));
    }
  },
  gemm() {
    for (const [m, n, k] of products) {
      const a = floats(m * k);
      const b = floats(k * n);
      const c = floats(m * n);
      for (const [aRow, aCol] of [
        [k, 1],
        [1, m],
      ]) {
        for (const [bRow, bCol] of [
          [n, 1],
          [1, k],
        ]) {
          for (const flags of [0, 1]) {
            kernels.gemm(c, a, b, m, n, k, aRow, aCol, bRow, bCol, flags);
            take(c, m * n);
          }
        }
      }
    }
  },
  linear() {
    for (const [m, n, k] of products) {
      if (k > 33) continue;
      const x = floats(m * k);
      const w = floats(k * n);
      const bias = floats(n);
      const y = floats(m * n);
      const before = floats(m * n);
      for (const activation of [0, 1, 2, 3]) {
        kernels.linear(y, before, x, w, activation === 1 ? 0 : bias, m, k, n, activation);
        take(y, m * n);
      }
      take(before, m * n);
    }
  },
  activation_backward() {
    for (const n of LENGTHS) {
      for (const activation of [0, 1, 2, 3]) {
        const dz = floats(n);
        const dy = floats(n);
        const y = floats(n, { special: true });
        const before = floats(n);
        kernels.activation_backward(dz, dy, y, before, n, activation);
        take(dz, n);
      }
    }
  },
  add_columns() {
    for (const [m, n] of rows) {
      const d = floats(n);
      const x = floats(m * n);
      kernels.add_columns(d, x, m, n);
      take(d, n);
    }
  },
  sum_squares() {
    for (const n of LENGTHS) number(kernels.sum_squares(floats(n), n));
  },
  scale() {
    for (const n of LENGTHS) {
      const x = floats(n);
      kernels.scale(x, n, 0.7);
      take(x, n);
    }
  },
  adam() {
    for (const n of LENGTHS) {
      const p = floats(n);
      const g = floats(n);
      const m = floats(n);
      const v = floats(n, { positive: true });
      kernels.adam(p, g, m, v, n, 0.01, 0.9, 0.999, 0.1, 0.001, 0.3, 1e-8);
      for (const at of [p, m, v]) take(at, n);
    }
  },
  rmsprop() {
    for (const n of LENGTHS) {
      const p = floats(n);
      const g = floats(n);
      const v = floats(n, { positive: true });
      kernels.rmsprop(p, g, v, n, 0.01, 0.99, 0.01, 1e-5);
      for (const at of [p, v]) take(at, n);
    }
  },
  sgd() {
    for (const n of LENGTHS) {
      for (const momentum of [0, 0.9]) {
        const p = floats(n);
        const g = floats(n);
        const b = floats(n);
        kernels.sgd(p, g, b, n, 0.01, momentum);
        for (const at of [p, b]) take(at, n);
      }
    }
  },
  reduce_sum() {
    for (const [outer, length, inner] of grouped) {
      const y = floats(outer * inner);
      const x = floats(outer * length * inner);
      kernels.reduce_sum(y, x, outer, length, inner, 0.3);
      take(y, outer * inner);
    }
  },
  reduce_sum_backward() {
    for (const [outer, length, inner] of grouped) {
      const dx = floats(outer * length * inner);
      const dy = floats(outer * inner);
      kernels.reduce_sum_backward(dx, dy, outer, length, inner, 0.3);
      take(dx, outer * length * inner);
    }
  },
  variance() {
    for (const [outer, length, inner] of grouped) {
      const y = floats(outer * inner);
      const x = floats(outer * length * inner);
      kernels.variance(y, x, outer, length, inner, length);
      take(y, outer * inner);
    }
  },
  variance_backward() {
    for (const [outer, length, inner] of grouped) {
      const dx = floats(outer * length * inner);
      const dy = floats(outer * inner);
      const x = floats(outer * length * inner);
      kernels.variance_backward(dx, dy, x, outer, length, inner, length);
      take(dx, outer * length * inner);
    }
  },
  log_softmax: () => eachRows((y, x, m, n) => kernels.log_softmax(y, x, m, n)),
  log_softmax_backward: () => eachGradient((dx, dy, y, m, n) => kernels.log_softmax_backward(dx, dy, y, m, n)),
  softmax: () => eachRows((y, x, m, n) => kernels.softmax(y, x, m, n)),
  softmax_backward: () => eachGradient((dx, dy, y, m, n) => kernels.softmax_backward(dx, dy, y, m, n)),
  entropy() {
    for (const [m, n] of rows) {
      const h = floats(m);
      const l = logits(m * n);
      kernels.entropy(h, l, m, n);
      take(h, m);
    }
  },
  entropy_backward: () => eachGradient((dl, dh, l, m, n) => kernels.entropy_backward(dl, dh, l, m, n)),
  divergence() {
    for (const [m, n] of rows) {
      const k = floats(m);
      const l = logits(m * n);
      const q = floats(m * n);
      kernels.divergence(k, l, q, m, n);
      take(k, m);
    }
  },
  divergence_backward() {
    for (const [m, n] of rows) {
      for (const side of [0, 1]) {
        const d = floats(m * n);
        const dk = floats(m);
        const l = logits(m * n);
        const q = floats(m * n);
        kernels.divergence_backward(side, d, dk, l, q, m, n);
        take(d, m * n);
      }
    }
  },
  gather() {
    for (const [m, n] of rows) {
      const y = floats(m);
      const x = floats(m * n);
      const index = whole(m, n);
      number(kernels.gather(y, x, index, m, n));
      take(y, m);
    }
  },
  gather_backward() {
    for (const [m, n] of rows) {
      const dx = floats(m * n);
      const dy = floats(m);
      const index = whole(m, n);
      kernels.gather_backward(dx, dy, index, m, n);
      take(dx, m * n);
    }
  },
  clipped_surrogate() {
    for (const n of LENGTHS) {
      const figures = floats(4);
      const slope = floats(n);
      const l = floats(n);
      const old = floats(n);
      const advantage = floats(n);
      kernels.clipped_surrogate(figures, slope, l, old, advantage, n, 0.5, 2);
      take(figures, 4);
      take(slope, n);
      // Ratios on both sides of the bound on ln ρ.
      kernels.scale(l, n, 100);
      kernels.clipped_surrogate(figures, slope, l, old, advantage, n, 0.5, 2);
      take(figures, 4);
      take(slope, n);
    }
  },
  value_error() {
    for (const n of LENGTHS) {
      for (const clipped of [false, true]) {
        const slope = floats(n);
        const v = floats(n);
        const g = floats(n);
        const old = floats(n);
        number(kernels.value_error(slope, v, g, clipped ? old : 0, n, 0.4));
        take(slope, n);
      }
    }
  },
  gru_cell() {
    for (const [m, d] of rows) {
      for (const stride of [1, 3]) {
        const x = floats(m * stride * 3 * d);
        const u = floats(m * 3 * d);
        const h = floats(m * d);
        const next = floats(m * stride * d);
        const gates = floats(m * 3 * d);
        kernels.gru_cell(next, gates, x, u, h, m, d, stride);
        take(next, m * stride * d);
        take(gates, m * 3 * d);
      }
    }
  },
  gru_cell_backward() {
    for (const [m, d] of rows) {
      for (const stride of [1, 3]) {
        const u = floats(m * 3 * d);
        const h = floats(m * d);
        const gates = floats(m * 3 * d);
        const carry = floats(m * d);
        const dy = floats(m * stride * d);
        const dx = floats(m * stride * 3 * d);
        const du = floats(m * 3 * d);
        kernels.gru_cell_backward(dx, du, carry, dy, gates, u, h, m, d, stride);
        take(dx, m * stride * 3 * d);
        for (const [at, n] of [
          [du, m * 3 * d],
          [carry, m * d],
        ])
          take(at, n);
      }
    }
  },
  categorical_sample() {
    for (const [m, n] of rows) {
      const logProb = floats(1);
      const scratch = floats(n);
      const x = logits(n);
      for (let draw = 0; draw < m; draw++) {
        number(kernels.categorical_sample(logProb, scratch, x, n, rng.random()));
        take(logProb, 1);
      }
    }
  },
  embedding() {
    for (const [m, n] of rows) {
      const y = floats(m * n);
      language.embedding(y, floats(7 * n), whole(m, 7), m, n);
      take(y, m * n);
    }
  },
  embedding_backward() {
    for (const [m, n] of rows) {
      const table = floats(7 * n);
      language.embedding_backward(table, floats(m * n), whole(m, 7), m, n);
      take(table, 7 * n);
    }
  },
  layer_norm() {
    for (const [m, n] of rows) {
      const y = floats(m * n);
      const moments = floats(2 * m);
      language.layer_norm(y, moments, floats(m * n), floats(n), floats(n), m, n, 1e-5, 0, units(m, 16));
      take(y, m * n);
      take(moments, 2 * m);
    }
  },
  layer_norm_slopes() {
    for (const [m, n] of rows) {
      for (const add of [0, 1]) {
        const dx = floats(m * n);
        const moments = floats(2 * m);
        language.layer_norm_slopes(dx, floats(m * n), floats(m * n), moments, floats(n), m, n, add, 0, units(m, 16));
        take(dx, m * n);
      }
    }
  },
  layer_norm_weights() {
    for (const [m, n] of rows) {
      const gain = floats(n);
      const bias = floats(n);
      const moments = floats(2 * m);
      language.layer_norm_weights(gain, bias, floats(m * n), floats(m * n), moments, m, n, 0, units(n, 32));
      take(gain, n);
      take(bias, n);
    }
  },
  attention() {
    for (const { sequences, steps, heads, width } of attentions) {
      const size = sequences * steps * heads * width;
      const y = floats(size);
      const count = sequences * heads;
      const p = floats(count * 256 * triangular(units(steps, 16)));
      const keys = floats(count * width * units(steps, 16) * 16);
      language.attention(y, p, keys, floats(3 * size), steps, heads, width, 0, count);
      take(y, size);
    }
  },
  attention_backward() {
    for (const { sequences, steps, heads, width } of attentions) {
      for (const add of [0, 1]) {
        const size = sequences * steps * heads * width;
        const d = floats(3 * size);
        const count = sequences * heads;
        const p = floats(count * 256 * triangular(units(steps, 16)));
        const work = floats(count * (width + 16) * units(steps, 16) * 16);
        const qkv = floats(3 * size);
        language.attention(floats(size), p, work, qkv, steps, heads, width, 0, count);
        language.attention_backward(d, p, work, floats(size), qkv, steps, heads, width, add, 0, count);
        take(d, 3 * size);
      }
    }
  },
  // How wide a panel is depends on the machine, so that only the numbers in all of them are compared.
  pack_panels() {
    for (const k of [1, 5, 33]) {
      for (const n of [1, 7, 16, 33, 100]) {
        for (const turned of [0, 1]) {
          const size = k * units(n, 32) * 32;
          const panels = floats(size);
          f32.fill(0, panels >>> 2, (panels >>> 2) + size);
          language.pack_panels(panels, floats(k * n), k, n, turned);
          const packed = f32.slice(panels >>> 2, (panels >>> 2) + size).filter((x) => x !== 0);
          hash.update(new Uint8Array(packed.sort().buffer));
        }
      }
    }
  },
  decode() {
    const vocabulary = 33;
    for (const { steps, heads, width } of attentions) {
      const c = heads * width;
      const room = units(steps, 16) * 16;
      const panels = (k: number, n: number, turned = 0): number => {
        const to = floats(k * units(n, 32) * 32);
        language.pack_panels(to, floats(k * n), k, n, turned);
        return to;
      };
      const norm = (): number[] => [floats(c), floats(c)];
      const projection = (k: number, n: number): number[] => [panels(k, n), floats(n)];
      for (const rows of [1, 3, 8]) {
        // Panels must not be overwritten in the middle of it.
        used = 0;
        const cache = [floats(rows * c * room), floats(rows * c * room)];
        const first = [...norm(), ...projection(c, 3 * c), ...projection(c, c)];
        const layer = [...first, ...norm(), ...projection(c, 4 * c), ...projection(4 * c, c), ...cache];
        const parts = [floats(vocabulary * c), floats(room * c), panels(c, vocabulary, 1), ...norm(), ...layer];
        const plan = whole(6 + parts.length, 1);
        i32.set([plan, 1, heads, width, room, vocabulary, ...parts], plan >>> 2);
        const logits = floats(rows * vocabulary);
        const work = floats(rows * (6 * c + heads * room));
        const slots = whole(rows, 1);
        for (let r = 0; r < rows; r++) i32[(slots >>> 2) + r] = rows - 1 - r;
        for (const position of new Set([0, steps >> 1, steps - 1])) {
          language.decode(logits, work, plan, whole(rows, vocabulary), slots, position, 1e-5, 0, rows);
          take(logits, rows * vocabulary);
        }
        take(cache[0], rows * c * room);
      }
    }
  },
  // The kernels of a head: the slopes and the gradients of the weights need what the one before has left.
  token_log_probs: () => eachHead((y, m) => take(y, 2 * m)),
  token_slopes: () =>
    eachHead((y, m, v, c, { z, h, w, moments, targets }) => {
      for (const add of [0, 1]) {
        const dh = floats(m * c);
        const dz = floats(m * v);
        kernels.copy_rows(dz, z, 1, m * v, m * v, m * v, 0);
        language.token_slopes(dh, dz, floats(2 * m), y, moments, w, targets, m, v, c, 0.7, add, 0, units(m, 16));
        take(dz, m * v);
        take(dh, m * c);
      }
      take(h, m * c);
    }),
  token_weights: () =>
    eachHead((_, m, v, c, { z, h }) => {
      for (const add of [0, 1]) {
        const dw = floats(v * c);
        const db = floats(v);
        language.token_weights(dw, db, z, h, m, v, c, add, 0, units(v, 32));
        take(dw, v * c);
        take(db, v);
      }
    }),
  token_logits: () =>
    eachHead((_, m, v, c, { h, w }) => {
      for (const bias of [0, floats(v)]) {
        const z = floats(m * v);
        language.token_logits(z, h, w, bias, m, v, c, 0, units(v, 32));
        take(z, m * v);
      }
    }),
  sample_tokens() {
    for (const [m, n] of rows) {
      for (const topK of [0, 1, 3, n]) {
        const tokens = floats(m);
        const logProbs = floats(m);
        // Twice as many floats as numbers, so that they begin at a multiple of eight bytes.
        const uniforms = (floats(2 * m + 2) + 7) & ~7;
        f64.set(rng.uniform(0, 1, m), uniforms >>> 3);
        language.sample_tokens(tokens, logProbs, floats(m * n), logits(m * n), uniforms, n, 0.7, topK, 0, m);
        for (let r = 0; r < m; r++) number(i32[(tokens >>> 2) + r]);
        take(logProbs, m);
      }
    }
  },
  batched_gemm() {
    for (const [batch, m, n, k] of [
      [1, 1, 1, 1],
      [3, 5, 17, 2],
      [5, 33, 16, 40],
      [2, 16, 3, 100],
    ]) {
      for (const flags of [0, 1]) {
        const c = floats(batch * m * n);
        const a = floats(batch * m * k);
        const b = floats(batch * k * n);
        language.batched_gemm(c, a, b, m, n, k, k, 1, n, 1, flags, 0, batch);
        take(c, batch * m * n);
        language.batched_gemm(c, a, b, m, n, k, 1, m, 1, k, flags, 0, batch);
        take(c, batch * m * n);
      }
    }
  },
};

/** Sequences and heads that leave all kinds of remainders. */
const attentions = [1, 2, 15, 16, 17, 33, 70].flatMap((steps) =>
  [1, 3, 8, 16, 20, 33].map((width) => ({ sequences: 3, steps, heads: 2, width })),
);
const units = (n: number, size: number): number => Math.ceil(n / size);
const triangular = (n: number): number => (n * (n + 1)) / 2;

interface Head {
  readonly z: number;
  readonly h: number;
  readonly w: number;
  readonly moments: number;
  readonly targets: number;
}

/** Runs the forward pass of heads of language models, some of whose rows are padding, and then `run`. */
function eachHead(run: (y: number, m: number, v: number, c: number, head: Head) => void): void {
  for (const m of [1, 3, 16, 40, 70]) {
    for (const v of [1, 2, 13, 16, 29, 33, 100, 515]) {
      for (const c of [1, 16, 33]) {
        const y = floats(2 * m);
        const head = {
          z: floats(m * v),
          h: floats(m * c),
          w: floats(v * c),
          moments: floats(2 * m),
          targets: whole(m, v),
        };
        const { z, h, w, moments, targets } = head;
        for (let r = 2; r < m; r += 5) i32[(targets >>> 2) + r] = -1;
        // The moments of padding are never written.
        kernels.fill(moments, 2 * m, 0);
        const bias = c === 16 ? 0 : floats(v);
        language.token_log_probs(y, z, moments, h, w, bias, targets, m, v, c, m, 0.7, 0, units(m, 16));
        run(y, m, v, c, head);
      }
    }
  }
}

function eachBroadcast(run: (op: number, n: number, an: number, bn: number) => void): void {
  for (const op of [0, 1, 2, 3, 4, 5]) {
    for (const n of LENGTHS) {
      for (const [an, bn] of [
        [n, n],
        [n, 1],
        [1, n],
      ])
        run(op, n, an, bn);
      run(op, 4 * n, 4 * n, n);
      run(op, 4 * n, n, 4 * n);
    }
  }
}

/** Logits of which some are -∞: actions that can't be taken. */
function logits(n: number): number {
  const at = floats(n);
  for (let i = 3; i < n; i += 7) f32[(at >>> 2) + i] = -Infinity;
  return at;
}

function eachRows(run: (y: number, x: number, m: number, n: number) => void): void {
  for (const [m, n] of rows) {
    const y = floats(m * n);
    const x = logits(m * n);
    run(y, x, m, n);
    take(y, m * n);
  }
}

function eachGradient(run: (dx: number, dy: number, y: number, m: number, n: number) => void): void {
  for (const [m, n] of rows) {
    const dx = floats(m * n);
    const dy = floats(m * n);
    const y = logits(m * n);
    run(dx, dy, y, m, n);
    take(dx, m * n);
  }
}

/** Policy gradient with Adam, on numbers that look like a batch of an environment's. */
function trainedWeights(): string {
  const policy = mlp({ sizes: [4, 33, 17, 3], activation: "tanh", rng });
  const optimizer = adam(policy.parameters(), { learningRate: 0.01 });
  for (let update = 0; update < 20; update++) {
    const observations = tensor(rng.standardNormal(37 * 4), [37, 4]);
    const pi = categorical(policy.forward(observations));
    const gain = pi
      .logProb(indices(pi.sampleRows(rng)))
      .mul(tensor(rng.standardNormal(37)))
      .mean();
    optimizer.zeroGrad();
    gain.add(pi.entropy().mean().mul(0.01)).neg().backward();
    clipGradNorm(policy.parameters(), 0.5);
    optimizer.step();
  }
  hash = createHash("sha256");
  for (const p of policy.parameters()) hash.update(new Uint8Array(p.toArray().buffer));
  return hash.digest("hex");
}

/** A unit with a memory over a few sequences, and all of its gradients: the matrix products are large enough for threads. */
function recurrentGradients(): string {
  const copies = 67;
  const steps = 9;
  const k = 5;
  const d = 33;
  const some = (...shape: [number, number?]): Tensor =>
    parameter(tensor(rng.standardNormal(shape[0] * (shape[1] ?? 1)), shape as number[]));
  const x = some(copies * steps, k);
  const weights = { input: some(k, 3 * d), inputBias: some(3 * d), hidden: some(d, 3 * d), hiddenBias: some(3 * d) };
  const begins = Uint8Array.from({ length: copies * steps }, (_, row) => (row % 11 === 4 ? 1 : 0));
  const y = gru(x, weights, { copies, steps, begins, memory: some(copies, d) });
  hash = createHash("sha256");
  hash.update(new Uint8Array(y.toArray().buffer));
  y.square().sum().backward();
  for (const p of [x, ...Object.values(weights)]) hash.update(new Uint8Array((p.grad as Tensor).toArray().buffer));
  return hash.digest("hex");
}

const results: Record<string, string> = {};
for (const [name, program] of Object.entries(programs)) {
  hash = createHash("sha256");
  program();
  results[name] = hash.digest("hex");
}
const further = { training: trainedWeights(), recurrent: recurrentGradients() };
console.log(JSON.stringify({ backend: backendName, results: { ...results, ...further } }));
