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

/* A term of an expectation; 0 if its probability p is 0, whatever the term. */
ALWAYS_INLINE vf possible(vf p, vf term) { return masked(~(p == 0.0f), term); }
