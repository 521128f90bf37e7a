/**
 * The kernels' arithmetic, to the last bit. Each sum runs in the order that its comment promises, and each operation
 * rounds once.
 */

import { describe, expect, test } from "vitest";
import { defaultRng } from "../random/index.js";
import { address, allocate, type Block } from "./heap.js";
import { kernels } from "./kernels.js";
import { f32 } from "./memory.js";

const rng = defaultRng(5);
const { fround } = Math;

function random(n: number): Float32Array {
  return Float32Array.from(rng.standardNormal(n));
}

function block(values: ArrayLike<number>): Block {
  const made = allocate(4 * values.length);
  f32.set(values, address(made) >>> 2);
  return made;
}

function read(from: Block, n: number): Float32Array {
  const start = address(from) >>> 2;
  return f32.slice(start, start + n);
}

const multiplyAdd = (sum: number, a: number, b: number): number => fround(sum + fround(a * b));

interface Product {
  readonly m: number;
  readonly n: number;
  readonly k: number;
}

/** Σ a·b over p = 0, 1, 2 … from `init`, for each element of the result. */
function product(
  { m, n, k }: Product,
  a: (i: number, p: number) => number,
  b: (p: number, j: number) => number,
  init: (i: number, j: number) => number,
): Float32Array {
  return Float32Array.from({ length: m * n }, (_, index) => {
    const i = Math.floor(index / n);
    const j = index % n;
    let sum = init(i, j);
    for (let p = 0; p < k; p++) sum = multiplyAdd(sum, a(i, p), b(p, j));
    return sum;
  });
}

const products: Product[] = [1, 3, 8, 15, 33].flatMap((m) =>
  [1, 2, 3, 4, 5, 8, 16, 17, 31, 33, 65, 129].flatMap((n) => [1, 5, 19].map((k) => ({ m, n, k }))),
);
// Long enough that B is packed in several pieces and the last piece is rectified.
products.push(
  { m: 18, n: 20, k: 1100 },
  { m: 2, n: 3, k: 600 },
  { m: 40, n: 3, k: 600 },
  { m: 3, n: 40, k: 600 },
  { m: 1, n: 130, k: 600 },
  // More rows, columns and depth than a block has on any machine, and columns of A that are far apart.
  { m: 150, n: 150, k: 530 },
);

describe("gemm sums each element over p = 0, 1, 2 …, whatever its tile,", () => {
  test("with either operand transposed, from zero or from the previous value", () => {
    for (const { m, n, k } of products) {
      const a = random(m * k);
      const b = random(k * n);
      const c = random(m * n);
      const aBlock = block(a);
      const bBlock = block(b);
      for (const [aRow, aCol] of [
        [k, 1],
        [1, m],
      ]) {
        for (const [bRow, bCol] of [
          [n, 1],
          [1, k],
        ]) {
          for (const accumulate of [0, 1]) {
            const to = block(c);
            kernels.gemm(address(to), address(aBlock), address(bBlock), m, n, k, aRow, aCol, bRow, bCol, accumulate);
            const expected = product(
              { m, n, k },
              (i, p) => a[i * aRow + p * aCol],
              (p, j) => b[p * bRow + j * bCol],
              (i, j) => (accumulate ? c[i * n + j] : 0),
            );
            expect(read(to, m * n), `${m}×${n}×${k}, strides ${aRow} ${aCol} ${bRow} ${bCol}`).toEqual(expected);
          }
        }
      }
    }
  });

  test("with a bias, and with relu at the end", () => {
    for (const { m, n, k } of products) {
      const x = random(m * k);
      const w = random(k * n);
      const bias = random(n);
      const [xBlock, wBlock, biasBlock, y] = [x, w, bias, new Float32Array(m * n)].map(block);
      for (const activation of [0, 1]) {
        kernels.linear(address(y), 0, address(xBlock), address(wBlock), address(biasBlock), m, k, n, activation);
        const sums = product(
          { m, n, k },
          (i, p) => x[i * k + p],
          (p, j) => w[p * n + j],
          (_, j) => bias[j],
        );
        expect(read(y, m * n), `${m}×${n}×${k}`).toEqual(activation ? sums.map((z) => Math.max(0, z)) : sums);
      }
    }
  });
});

test("a row has the same bits alone and in a batch, whatever the activation", () => {
  for (const n of [1, 2, 3, 4, 5, 8, 15, 16, 17, 33, 128, 130]) {
    for (const k of [1, 4, 17, 128]) {
      const m = 17;
      const [x, w, bias, y, alone] = [random(m * k), random(k * n), random(n), random(m * n), random(n)].map(block);
      for (const activation of [0, 1, 2, 3]) {
        kernels.linear(address(y), 0, address(x), address(w), address(bias), m, k, n, activation);
        const batch = read(y, m * n);
        for (let row = 0; row < m; row++) {
          kernels.linear(address(alone), 0, address(x) + row * k * 4, address(w), address(bias), 1, k, n, activation);
          expect(read(alone, n)).toEqual(batch.slice(row * n, (row + 1) * n));
        }
      }
    }
  }
});

/** Element i goes to sum i mod 16; then the sixteen sums are added as a tree. */
function sumOfSixteen(values: Float32Array): number {
  const s = new Float32Array(16);
  values.forEach((value, i) => {
    s[i % 16] += value;
  });
  for (const half of [8, 4, 2, 1]) for (let j = 0; j < half; j++) s[j] += s[j + half];
  return s[0];
}

const LENGTHS = [1, 2, 3, 8, 15, 16, 17, 31, 32, 33, 100, 515];

test("sums of adjacent elements are sixteen sums and a tree", () => {
  for (const n of LENGTHS) {
    const x = random(n);
    const from = block(x);
    const to = block([0]);
    kernels.reduce_sum(address(to), address(from), 1, n, 1, 1);
    expect(read(to, 1)[0]).toBe(sumOfSixteen(x));
  }
});

test("sums over rows run from the first row to the last", () => {
  for (const n of LENGTHS) {
    for (const m of [1, 2, 7, 40]) {
      const x = random(m * n);
      const d = random(n);
      const from = block(x);
      const to = block(d);
      kernels.add_columns(address(to), address(from), m, n);
      for (let i = 0; i < m * n; i++) d[i % n] += x[i];
      expect(read(to, n)).toEqual(d);
      if (n === 1) continue;
      kernels.reduce_sum(address(to), address(from), 1, m, n, 1);
      const sums = new Float32Array(n);
      for (let i = 0; i < m * n; i++) sums[i % n] += x[i];
      expect(read(to, n)).toEqual(sums);
    }
  }
});

test("a global norm adds exact squares in float64, in eight sums", () => {
  for (const n of LENGTHS) {
    const x = random(n);
    const s = new Float64Array(8);
    x.forEach((value, i) => {
      s[i % 8] += value * value;
    });
    for (const half of [4, 2, 1]) for (let j = 0; j < half; j++) s[j] += s[j + half];
    expect(kernels.sum_squares(address(block(x)), n)).toBe(s[0]);
  }
});

test("Adam rounds each operation once, and its square root and quotients correctly", () => {
  for (const n of [1, 16, 17, 33, 100]) {
    const p = random(n);
    const g = random(n);
    const m = random(n);
    const v = random(n).map(Math.abs);
    v[0] = 0;
    const [pBlock, gBlock, mBlock, vBlock] = [p, g, m, v].map(block);
    const [step, beta1, beta2, rest1, rest2, root, eps] = [0.01, 0.9, 0.999, 0.1, 0.001, 0.3, 1e-8].map(fround);
    const places = [pBlock, gBlock, mBlock, vBlock].map(address) as [number, number, number, number];
    kernels.adam(...places, n, step, beta1, beta2, rest1, rest2, root, eps);
    const mean = m.map((old, i) => fround(fround(beta1 * old) + fround(rest1 * g[i])));
    const square = v.map((old, i) => fround(fround(beta2 * old) + fround(rest2 * fround(g[i] * g[i]))));
    const moved = p.map((old, i) => {
      const denominator = fround(fround(fround(Math.sqrt(square[i])) / root) + eps);
      return fround(old - fround(step * fround(mean[i] / denominator)));
    });
    expect(read(mBlock, n)).toEqual(mean);
    expect(read(vBlock, n)).toEqual(square);
    expect(read(pBlock, n)).toEqual(moved);
  }
});

test("RMSProp rounds each operation once, and its square root and quotient correctly", () => {
  for (const n of [1, 16, 17, 33, 100]) {
    const p = random(n);
    const g = random(n);
    const v = random(n).map(Math.abs);
    v[0] = 0;
    const [pBlock, gBlock, vBlock] = [p, g, v].map(block);
    const [lr, alpha, rest, eps] = [0.01, 0.99, 0.01, 1e-5].map(fround);
    kernels.rmsprop(address(pBlock), address(gBlock), address(vBlock), n, lr, alpha, rest, eps);
    const square = v.map((old, i) => fround(fround(alpha * old) + fround(rest * fround(g[i] * g[i]))));
    const moved = p.map((old, i) => {
      const quotient = fround(g[i] / fround(fround(Math.sqrt(square[i])) + eps));
      return fround(old - fround(lr * quotient));
    });
    expect(read(vBlock, n)).toEqual(square);
    expect(read(pBlock, n)).toEqual(moved);
  }
});

describe("rows of logits", () => {
  test("have the same log-probabilities alone, in a batch, and when an action is drawn", () => {
    for (const n of [1, 2, 3, 4, 5, 8, 15, 16, 17, 33]) {
      const m = 37;
      const [x, y, alone, scratch, logProb] = [random(m * n), random(m * n), random(n), random(n), [0]].map(block);
      kernels.log_softmax(address(y), address(x), m, n);
      const batch = read(y, m * n);
      for (let row = 0; row < m; row++) {
        const logits = address(x) + row * n * 4;
        kernels.log_softmax(address(alone), logits, 1, n);
        expect(read(alone, n)).toEqual(batch.slice(row * n, (row + 1) * n));
        const action = kernels.categorical_sample(address(logProb), address(scratch), logits, n, rng.random());
        expect(read(logProb, 1)[0]).toBe(batch[row * n + action]);
      }
    }
  });

  test("give the first action at which the running sum of probabilities exceeds u", () => {
    const [x, scratch, logProb] = [[0, -Infinity, 0, 0, -Infinity], new Float32Array(5), [0]].map(block);
    const draw = (u: number): number =>
      kernels.categorical_sample(address(logProb), address(scratch), address(x), 5, u);
    expect([0, 0.33, 0.34, 0.66, 0.67, 1 - 2 ** -53].map(draw)).toEqual([0, 0, 2, 2, 3, 3]);
    expect(read(logProb, 1)[0]).toBeCloseTo(-Math.log(3), 6);
  });
});

test("a layer's tanh has the bits of tanh itself, whether its neighbours are large or small", () => {
  const n = 1003;
  const values = Float32Array.from({ length: n }, (_, i) => (i % 200 < 130 ? 0.69 : 3) * Math.sin(i * 1.7));
  values.set([0, 0.7, -0.7, Number.NaN, 1e-40, -1e-40, Infinity, -Infinity, 9.5], 64);
  const x = block(values);
  const one = block([1]);
  const y = block(values);
  const z = block(values);
  kernels.linear(address(y), 0, address(x), address(one), 0, n, 1, 1, 2);
  kernels.unary(2, address(z), address(x), n, 0, 0);
  expect(read(y, n)).toEqual(read(z, n));
});
