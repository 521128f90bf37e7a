/*
 * The head of a language model: logits z = (h·Wᵀ + bias)/τ over a vocabulary of v tokens, the log-probability of one token
 * for each row, and the entropy of each row's distribution, in nats:
 *
 *   log p_j = z_j - top - log Σ exp(z - top), top = max z    H = -Σ p_j·log p_j = log Σ exp(z - top) - Σ p_j·(z_j - top)
 */
#pragma once
#include "columns.h"
#include "exponentials.h"
#include "gemm.h"

/* Rows of h, and rows of W, in a unit of work. */
#define HEAD_ROWS 16
#define HEAD_TOKENS 32

/* z /= τ; returns the largest. */
static f32 cooled(f32 *z, i32 n, f32 temperature) {
  vf highest = splat(-__builtin_inff());
  EACH(n, {
    const vf v = GET(z) / temperature;
    PUT(z, v);
    if (!PART) highest = pick(v > highest, v, highest);
  })
  f32 top = -__builtin_inff();
  for (i32 j = 0; j < LANES; j++)
    if (highest[j] > top) top = highest[j];
  for (i32 j = n / LANES * LANES; j < n; j++)
    if (z[j] > top) top = z[j];
  return top;
}

/* log Σ e, with the bits of log_softmax, and Σ e·(z - top) / Σ e, for e = exp(z - top). Both run in the order of `SUM`. */
static void moments_of(const f32 *z, i32 n, f32 top, f32 *log_total, f32 *mean) {
  f32 sums[SUMS] = {0}, weighted[SUMS] = {0};
  for (i32 i = 0; i < n; i += LANES) {
    const i32 count = n - i < LANES ? n - i : LANES, at = i % SUMS;
    const vf x = (count == LANES ? load(z + i) : load_part(z + i, count)) - top, e = vf_exp(x), term = possible(e, e * x);
    if (count == LANES) {
      store(sums + at, load(sums + at) + e);
      store(weighted + at, load(weighted + at) + term);
    } else {
      for (i32 j = 0; j < count; j++) sums[at + j] += e[j], weighted[at + j] += term[j];
    }
  }
  const f32 total = TREE(sums);
  *log_total = log_of(total);
  *mean = TREE(weighted) / total;
}

/* z [m, v] = h·Wᵀ + bias for h [m, c], W [v, c] and bias [v] or none. */
static void logits_of(f32 *z, f32 *h, f32 *w, f32 *bias, i32 m, i32 v, i32 c) {
  gemm((matrix){z, v, 1}, (matrix){h, c, 1}, (matrix){w, 1, c}, bias, m, v, c, 0);
}

/*
 * y[0][r] = log p(targets[r]) and y[1][r] = H of row r, for the units `from` to `to` of m rows; y's rows are `y_row` apart.
 * Both are 0 where the target is -1. z [m, v] receives the logits, and moments [m, 2] top and log Σ exp(z - top).
 */
void KERNEL(token_log_probs)(f32 *y, f32 *z, f32 *moments, f32 *h, f32 *w, f32 *bias, const i32 *targets, i32 m, i32 v,
                             i32 c, i32 y_row, f32 temperature, i32 from, i32 to) {
  const i32 first = from * HEAD_ROWS, end = to * HEAD_ROWS < m ? to * HEAD_ROWS : m;
  logits_of(z + first * v, h + first * c, w, bias, end - first, v, c);
  for (i32 r = first; r < end; r++) {
    if (targets[r] < 0) {
      y[r] = y[y_row + r] = 0.0f;
      continue;
    }
    f32 *row = z + r * v;
    const f32 top = cooled(row, v, temperature);
    f32 log_total, mean;
    moments_of(row, v, top, &log_total, &mean);
    y[r] = row[targets[r]] - top - log_total;
    y[y_row + r] = log_total - mean;
    moments[2 * r] = top, moments[2 * r + 1] = log_total;
  }
}

/*
 * z becomes its own slope, dz_j = (g·(1[j = target] - p_j) - k·p_j·(log p_j + H))/τ for g = dy[0][r] and k = dy[1][r], and
 * dh = dz·W, or with `add` dh += dz·W, for units of rows. dh may be missing.
 */
void KERNEL(token_slopes)(f32 *dh, f32 *z, const f32 *dy, const f32 *y, const f32 *moments, f32 *w, const i32 *targets,
                          i32 m, i32 v, i32 c, f32 temperature, i32 add, i32 from, i32 to) {
  const i32 first = from * HEAD_ROWS, end = to * HEAD_ROWS < m ? to * HEAD_ROWS : m;
  for (i32 r = first; r < end; r++) {
    f32 *row = z + r * v;
    if (targets[r] < 0) {
      EACH(v, { PUT(row, splat(0.0f)); })
      continue;
    }
    const f32 gain = dy[r], spread = dy[m + r], entropy = y[m + r], top = moments[2 * r], log_total = moments[2 * r + 1];
    EACH(v, {
      const vf l = GET(row) - top - log_total, p = vf_exp(l);
      PUT(row, possible(p, p * (-gain - spread * (l + entropy)) / temperature));
    })
    row[targets[r]] += gain / temperature;
  }
  if (dh)
    gemm((matrix){dh + first * c, c, 1}, (matrix){z + first * v, v, 1}, (matrix){w, c, 1}, 0, end - first, c, v,
         add ? GEMM_ACCUMULATE : 0);
}

/* dW = dzᵀ·h, or with `add` dW += dzᵀ·h, and dbias += Σ dz over m rows, for units of W's rows. Either may be missing. */
void KERNEL(token_weights)(f32 *dw, f32 *dbias, f32 *z, f32 *h, i32 m, i32 v, i32 c, i32 add, i32 from, i32 to) {
  const i32 first = from * HEAD_TOKENS, end = to * HEAD_TOKENS < v ? to * HEAD_TOKENS : v;
  if (dw)
    gemm((matrix){dw + first * c, c, 1}, (matrix){z + first, 1, v}, (matrix){h, c, 1}, 0, end - first, c, m,
         add ? GEMM_ACCUMULATE : 0);
  if (dbias) add_columns(dbias + first, z + first, m, end - first, v);
}

/* The logits z [m, v] without a temperature, for units of tokens: few rows, as while generating. */
void KERNEL(token_logits)(f32 *z, f32 *h, f32 *w, f32 *bias, i32 m, i32 v, i32 c, i32 from, i32 to) {
  const i32 first = from * HEAD_TOKENS, end = to * HEAD_TOKENS < v ? to * HEAD_TOKENS : v;
  const matrix columns = {w + first * c, 1, c};
  gemm((matrix){z + first, v, 1}, (matrix){h, c, 1}, columns, bias ? bias + first : 0, m, end - first, c, 0);
}
