/* Logits to log-probabilities and back, entropy, and drawing from a categorical distribution. */
#pragma once
#include "elementwise.h"
#include "reduce.h"

static f32 max_of(const f32 *x, i32 n) {
  f32 top = x[0];
  for (i32 j = 1; j < n; j++)
    if (x[j] > top) top = x[j];
  return top;
}

ALWAYS_INLINE f32 log_of(f32 x) { return v16_log(splat(x))[0]; }

/* e[j] = exp(x[j] - max x); returns Σ e. The one way in which every function of this file normalises. */
static f32 exponentials(f32 *e, const f32 *x, i32 n, f32 top) {
  EACH(n, { PUT(e, v16_exp(GET(x) - top)); })
  return sum_of(e, n);
}

/* y = x - max - log Σ exp(x - max), a row of n at a time. */
void KERNEL(log_softmax)(f32 *y, const f32 *x, i32 rows, i32 n) {
  for (i32 r = 0; r < rows; r++, x += n, y += n) {
    const f32 top = max_of(x, n);
    const f32 log_total = log_of(exponentials(y, x, n, top));
    for (i32 j = 0; j < n; j++) y[j] = x[j] - top - log_total;
  }
}

/* dx += dy - exp(y)·Σ dy */
void KERNEL(log_softmax_backward)(f32 *dx, const f32 *dy, const f32 *y, i32 rows, i32 n) {
  for (i32 r = 0; r < rows; r++, dx += n, dy += n, y += n) {
    const f32 total = sum_of(dy, n);
    EACH(n, { PUT(dx, GET(dx) + (GET(dy) - v16_exp(GET(y)) * total)); })
  }
}

void KERNEL(softmax)(f32 *y, const f32 *x, i32 rows, i32 n) {
  for (i32 r = 0; r < rows; r++, x += n, y += n) {
    const f32 total = exponentials(y, x, n, max_of(x, n));
    for (i32 j = 0; j < n; j++) y[j] /= total;
  }
}

/* dx += y·(dy - Σ y·dy) */
void KERNEL(softmax_backward)(f32 *dx, const f32 *dy, const f32 *y, i32 rows, i32 n) {
  for (i32 r = 0; r < rows; r++, dx += n, dy += n, y += n) {
    v16 sums = {0};
    EACH(n, { sums += GET(y) * GET(dy); })
    const f32 total = sum_lanes(sums);
    EACH(n, { PUT(dx, GET(dx) + GET(y) * (GET(dy) - total)); })
  }
}

/* h = -Σ exp(l)·l of a row of log-probabilities, in nats; a probability of 0 (l = -∞) counts 0. */
void KERNEL(entropy)(f32 *h, const f32 *l, i32 rows, i32 n) {
  for (i32 r = 0; r < rows; r++, l += n) {
    v16 total = {0};
    EACH(n, {
      const v16 p = v16_exp(GET(l));
      const v16 term = choose(p == 0.0f, splat(0.0f), p * GET(l));
      if (PART) { f32 lanes[LANES]; store(lanes, term); total += load_part(lanes, count); }
      else total += term;
    })
    h[r] = -sum_lanes(total);
  }
}

/* dl += -dh·exp(l)·(1 + l) */
void KERNEL(entropy_backward)(f32 *dl, const f32 *dh, const f32 *l, i32 rows, i32 n) {
  for (i32 r = 0; r < rows; r++, dl += n, l += n) {
    const f32 slope = dh[r];
    EACH(n, {
      const v16 p = v16_exp(GET(l));
      PUT(dl, GET(dl) - choose(p == 0.0f, splat(0.0f), slope * p * (1.0f + GET(l))));
    })
  }
}

/* k = Σ exp(l)·(l - q) of rows of log-probabilities, in nats; where l's probability is 0 (l = -∞) that term is 0. */
void KERNEL(divergence)(f32 *k, const f32 *l, const f32 *q, i32 rows, i32 n) {
  for (i32 r = 0; r < rows; r++, l += n, q += n) {
    v16 total = {0};
    EACH(n, {
      const v16 p = v16_exp(GET(l));
      const v16 term = choose(p == 0.0f, splat(0.0f), p * (GET(l) - GET(q)));
      if (PART) { f32 lanes[LANES]; store(lanes, term); total += load_part(lanes, count); }
      else total += term;
    })
    k[r] = sum_lanes(total);
  }
}

/* side 0: dl += dk·exp(l)·(1 + l - q); side 1: dq += -dk·exp(l) */
void KERNEL(divergence_backward)(i32 side, f32 *d, const f32 *dk, const f32 *l, const f32 *q, i32 rows, i32 n) {
  for (i32 r = 0; r < rows; r++, d += n, l += n, q += n) {
    const f32 slope = dk[r];
    EACH(n, {
      const v16 p = v16_exp(GET(l));
      const v16 share = side ? -(slope * p) : slope * p * (1.0f + (GET(l) - GET(q)));
      PUT(d, GET(d) + choose(p == 0.0f, splat(0.0f), share));
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
 * probabilities passes u. An index of probability 0 is never drawn. Writes its log-probability, with the bits of log_softmax.
 */
i32 KERNEL(categorical_sample)(f32 *log_prob, f32 *scratch, const f32 *logits, i32 n, f64 u) {
  const f32 top = max_of(logits, n);
  const f32 total = exponentials(scratch, logits, n, top);
  f64 exact = 0;
  for (i32 j = 0; j < n; j++) exact += scratch[j];
  const f64 threshold = u * exact;
  f64 running = 0;
  i32 drawn = 0;
  for (i32 j = 0; j < n; j++) {
    if (scratch[j] == 0.0f) continue;
    running += scratch[j];
    drawn = j;
    if (running > threshold) break;
  }
  *log_prob = logits[drawn] - top - log_of(total);
  return drawn;
}
