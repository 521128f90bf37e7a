/*
 * Logits to log-probabilities and back, entropy, divergence, and draws from a categorical distribution.
 *
 * Rows are short here, one element per action, so LANES rows run at a time, one per lane. A sum over a row always runs
 * in the order of `SUM`, so a row has the same bits alone and in a batch.
 */
#pragma once
#include "elementwise.h"
#include "exponentials.h"
#include "reduce.h"

/* Rows of at most this length run side by side. */
#define SHORT SUMS

static f32 max_of(const f32 *x, i32 n) {
  f32 top = x[0];
  for (i32 j = 1; j < n; j++)
    if (x[j] > top) top = x[j];
  return top;
}

/* The number of rows to do next: several side by side (n vectors), or one (at least one vector per row). */
ALWAYS_INLINE i32 group_of(i32 left, i32 n) {
  const i32 count = left < LANES ? left : LANES;
  return n <= SHORT && n < 2 * count ? count : 1;
}

/* Column j of `count` rows, one row per lane. */
ALWAYS_INLINE vf column(const f32 *x, i32 n, i32 j, i32 count) {
  f32 lanes[LANES] = {0};
  if (count == LANES)
    for (i32 r = 0; r < LANES; r++) lanes[r] = x[r * n + j];
  else
    for (i32 r = 0; r < count; r++) lanes[r] = x[r * n + j];
  return load(lanes);
}

ALWAYS_INLINE void put_column(f32 *y, i32 n, i32 j, i32 count, vf value) {
  f32 lanes[LANES];
  store(lanes, value);
  if (count == LANES)
    for (i32 r = 0; r < LANES; r++) y[r * n + j] = lanes[r];
  else
    for (i32 r = 0; r < count; r++) y[r * n + j] = lanes[r];
}

/* The sum of n columns in the order of `SUM`. The columns from n on are zero. */
ALWAYS_INLINE vf sum_of_row(const vf *x, i32 n) {
  return n <= 4 ? (x[0] + x[2]) + (x[1] + x[3]) + 0.0f : TREE(x);
}

/* y = x - max x - log Σ exp(x - max x), for rows of n. */
void KERNEL(log_softmax)(f32 *y, const f32 *x, i32 rows, i32 n) {
  for (i32 r = 0, count; r < rows; r += count) {
    count = group_of(rows - r, n);
    if (count > 1) {
      vf v[SHORT], e[SHORT] = {{0}};
      for (i32 j = 0; j < n; j++) v[j] = column(x + r * n, n, j, count);
      vf top = v[0];
      for (i32 j = 1; j < n; j++) top = pick(v[j] > top, v[j], top);
      for (i32 j = 0; j < n; j++) e[j] = vf_exp(v[j] - top);
      const vf log_total = vf_log(sum_of_row(e, n));
      for (i32 j = 0; j < n; j++) put_column(y + r * n, n, j, count, v[j] - top - log_total);
    } else {
      const f32 *from = x + r * n;
      f32 *to = y + r * n;
      const f32 top = max_of(from, n);
      const f32 log_total = log_of(exponentials(to, from, n, top));
      EACH(n, { PUT(to, GET(from) - top - log_total); })
    }
  }
}

/* dx += dy - exp(y)·Σ dy */
void KERNEL(log_softmax_backward)(f32 *dx, const f32 *dy, const f32 *y, i32 rows, i32 n) {
  for (i32 r = 0, count; r < rows; r += count) {
    count = group_of(rows - r, n);
    if (count > 1) {
      const i32 at = r * n;
      vf slope[SHORT] = {{0}};
      for (i32 j = 0; j < n; j++) slope[j] = column(dy + at, n, j, count);
      const vf total = sum_of_row(slope, n);
      for (i32 j = 0; j < n; j++) {
        const vf p = vf_exp(column(y + at, n, j, count));
        put_column(dx + at, n, j, count, column(dx + at, n, j, count) + (slope[j] - p * total));
      }
    } else {
      const f32 *slope = dy + r * n, *l = y + r * n;
      f32 *to = dx + r * n;
      SUM(total, n, GET(slope))
      EACH(n, { PUT(to, GET(to) + (GET(slope) - vf_exp(GET(l)) * total)); })
    }
  }
}

void KERNEL(softmax)(f32 *y, const f32 *x, i32 rows, i32 n) {
  for (i32 r = 0; r < rows; r++, x += n, y += n) {
    const f32 total = exponentials(y, x, n, max_of(x, n));
    EACH(n, { PUT(y, GET(y) / total); })
  }
}

/* dx += y·(dy - Σ y·dy) */
void KERNEL(softmax_backward)(f32 *dx, const f32 *dy, const f32 *y, i32 rows, i32 n) {
  for (i32 r = 0; r < rows; r++, dx += n, dy += n, y += n) {
    SUM(total, n, GET(y) * GET(dy))
    EACH(n, { PUT(dx, GET(dx) + GET(y) * (GET(dy) - total)); })
  }
}

/* exp(l)·l, and exp(l)·(l - q) */
ALWAYS_INLINE vf surprise(vf l) {
  const vf p = vf_exp(l);
  return possible(p, p * l);
}
ALWAYS_INLINE vf relative_surprise(vf l, vf q) {
  const vf p = vf_exp(l);
  return possible(p, p * (l - q));
}

/* h = -Σ exp(l)·l for each row of log-probabilities, in nats. A probability of 0 (l = -∞) contributes 0. */
void KERNEL(entropy)(f32 *h, const f32 *l, i32 rows, i32 n) {
  for (i32 r = 0, count; r < rows; r += count) {
    count = group_of(rows - r, n);
    if (count > 1) {
      vf term[SHORT] = {{0}};
      for (i32 j = 0; j < n; j++) term[j] = surprise(column(l + r * n, n, j, count));
      put_column(h + r, 1, 0, count, -sum_of_row(term, n));
    } else {
      const f32 *from = l + r * n;
      SUM(total, n, surprise(GET(from)))
      h[r] = -total;
    }
  }
}

/* dl += -dh·exp(l)·(1 + l) */
void KERNEL(entropy_backward)(f32 *dl, const f32 *dh, const f32 *l, i32 rows, i32 n) {
  for (i32 r = 0, count; r < rows; r += count) {
    count = group_of(rows - r, n);
    if (count > 1) {
      const i32 at = r * n;
      const vf slope = column(dh + r, 1, 0, count);
      for (i32 j = 0; j < n; j++) {
        const vf v = column(l + at, n, j, count);
        const vf p = vf_exp(v);
        put_column(dl + at, n, j, count, column(dl + at, n, j, count) - possible(p, slope * p * (1.0f + v)));
      }
    } else {
      const f32 *from = l + r * n;
      f32 *to = dl + r * n;
      const f32 slope = dh[r];
      EACH(n, {
        const vf v = GET(from), p = vf_exp(v);
        PUT(to, GET(to) - possible(p, slope * p * (1.0f + v)));
      })
    }
  }
}

/* k = Σ exp(l)·(l - q) for each row of log-probabilities, in nats. A probability of 0 (l = -∞) contributes 0. */
void KERNEL(divergence)(f32 *k, const f32 *l, const f32 *q, i32 rows, i32 n) {
  for (i32 r = 0; r < rows; r++, l += n, q += n) {
    SUM(total, n, relative_surprise(GET(l), GET(q)))
    k[r] = total;
  }
}

/* side 0: dl += dk·exp(l)·(1 + l - q); side 1: dq += -dk·exp(l) */
void KERNEL(divergence_backward)(i32 side, f32 *d, const f32 *dk, const f32 *l, const f32 *q, i32 rows, i32 n) {
  for (i32 r = 0; r < rows; r++, d += n, l += n, q += n) {
    const f32 slope = dk[r];
    EACH(n, {
      const vf p = vf_exp(GET(l));
      const vf share = side ? -(slope * p) : slope * p * (1.0f + (GET(l) - GET(q)));
      PUT(d, GET(d) + possible(p, share));
    })
  }
}

/* y[r] = x[r][index[r]]; returns the first row whose index is not in [0, n), or -1. */
i32 KERNEL(gather)(f32 *y, const f32 *x, const i32 *index, i32 rows, i32 n) {
  for (i32 r = 0; r < rows; r++) {
    if (index[r] < 0 || index[r] >= n) return r;
    y[r] = x[r * n + index[r]];
  }
  return -1;
}

void KERNEL(gather_backward)(f32 *dx, const f32 *dy, const i32 *index, i32 rows, i32 n) {
  for (i32 r = 0; r < rows; r++) dx[r * n + index[r]] += dy[r];
}

/*
 * Draws an index from softmax(logits) with one uniform number u in [0, 1): the first j at which the running sum of
 * probabilities exceeds u. Never draws an index of probability 0. Writes its log-probability, with the bits of
 * log_softmax.
 */
i32 KERNEL(categorical_sample)(f32 *log_prob, f32 *scratch, const f32 *logits, i32 n, f64 u) {
  const f32 top = max_of(logits, n);
  const f32 total = exponentials(scratch, logits, n, top);
  const i32 drawn = drawn_index(scratch, n, u);
  *log_prob = logits[drawn] - top - log_of(total);
  return drawn;
}
