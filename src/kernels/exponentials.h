/* Parts of every softmax: exponentials, their sum and its logarithm, and terms of an expectation. */
#pragma once
#include "maths32.h"

ALWAYS_INLINE f32 log_of(f32 x) { return vf_log(splat(x))[0]; }

/* e[j] = exp(x[j] - top), top = max x; returns Σ e. Every softmax normalises with it. */
static f32 exponentials(f32 *e, const f32 *x, i32 n, f32 top) {
  EACH(n, { PUT(e, vf_exp(GET(x) - top)); })
  SUM(total, n, GET(e))
  return total;
}

/*
 * The index that a uniform number u in [0, 1) draws: the first at which the running sum of e exceeds u Σ e. Sums are exact
 * enough in float64. Never one whose e is 0.
 */
static i32 drawn_index(const f32 *e, i32 n, f64 u) {
  f64 exact = 0;
  for (i32 j = 0; j < n; j++) exact += e[j];
  const f64 threshold = u * exact;
  f64 running = 0;
  i32 drawn = 0;
  for (i32 j = 0; j < n; j++) {
    if (e[j] == 0.0f) continue;
    running += e[j];
    drawn = j;
    if (running > threshold) break;
  }
  return drawn;
}

/* A term of an expectation; 0 if its probability p is 0, whatever the term. */
ALWAYS_INLINE vf possible(vf p, vf term) { return masked(~(p == 0.0f), term); }
