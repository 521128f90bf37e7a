/*
 * Functions that lose too much precision in float32: logistic, softplus, gelu and their slopes. They are computed in
 * float64 to 2^-30 and rounded once, so they are within 0.51 ulp. Polynomials: scripts/minimax.py.
 */
#pragma once
#include "lanes.h"

/*
 * The halves of a vector, and a vector of two halves. By way of memory it would be read before its halves are written, which
 * makes gelu slower by a tenth; older compilers have no other way.
 */
#if defined(__clang__) || __GNUC__ >= 12
#if LANES == 16
#define FIRST_HALF 0, 1, 2, 3, 4, 5, 6, 7
#define SECOND_HALF 8, 9, 10, 11, 12, 13, 14, 15
#elif LANES == 8
#define FIRST_HALF 0, 1, 2, 3
#define SECOND_HALF 4, 5, 6, 7
#else
#define FIRST_HALF 0, 1
#define SECOND_HALF 2, 3
#endif
ALWAYS_INLINE vh first_half(vf x) { return __builtin_shufflevector(x, x, FIRST_HALF); }
ALWAYS_INLINE vh second_half(vf x) { return __builtin_shufflevector(x, x, SECOND_HALF); }
ALWAYS_INLINE vf joined(vh first, vh second) { return __builtin_shufflevector(first, second, FIRST_HALF, SECOND_HALF); }
#else
typedef union {
  vf whole;
  vh half[2];
} halves;
ALWAYS_INLINE vh first_half(vf x) { return ((halves){x}).half[0]; }
ALWAYS_INLINE vh second_half(vf x) { return ((halves){x}).half[1]; }
ALWAYS_INLINE vf joined(vh first, vh second) { return ((halves){.half = {first, second}}).whole; }
#endif

/* Defines vf_name from vd_name, which computes in float64: one half of the lanes after the other. */
#define NARROW(name)                                                                                                       \
  ALWAYS_INLINE vh half_##name(vh x) { return __builtin_convertvector(vd_##name(__builtin_convertvector(x, vd)), vh); }    \
  ALWAYS_INLINE vf vf_##name(vf x) { return joined(half_##name(first_half(x)), half_##name(second_half(x))); }

/* r = x - n·log 2 with n = round(x / log 2), and 2ⁿ, for |x| < 700. */
ALWAYS_INLINE vd wide_rest(vd x, vd *power) {
  const vd shifted = x * 0x1.71547652b82fep+0 + 0x1.8p52, n = shifted - 0x1.8p52;
  *power = (vd)(((vl)shifted << 52) + (vl)((vd){0} + 1.0));
  return x - n * 0x1.62e42fefa39efp-1;
}

/* eʳ - 1 for such an r. */
ALWAYS_INLINE vd wide_bend(vd r) {
  vd p = 0x1.6d7296ff5268fp-10 + r * 0x1.a032cb01d730cp-13;
  p = 0x1.111189d6062fcp-7 + r * p;
  p = 0x1.5554b098343dcp-5 + r * p;
  p = 0x1.555554ef01523p-3 + r * p;
  p = 0x1.0000002623d1fp-1 + r * p;
  return r + r * r * p;
}

/* eˣ for |x| < 700. */
ALWAYS_INLINE vd wide_exp_of(vd x) {
  vd power;
  const vd r = wide_rest(x, &power);
  return power + power * wide_bend(r);
}

ALWAYS_INLINE vd at_most(vd x, f64 top) { return pick_wide(x > top, (vd){0} + top, x); }
ALWAYS_INLINE vd at_least(vd x, f64 bottom) { return pick_wide(x < bottom, (vd){0} + bottom, x); }

/* 1 / (1 + e⁻ˣ). Well before |x| = 200 it is 0 or 1 in float32. */
ALWAYS_INLINE vd vd_logistic(vd x) { return 1.0 / (1.0 + wide_exp_of(-at_most(at_least(x, -200.0), 200.0))); }
NARROW(logistic)

/* log(1 + eˣ) = max(x, 0) + log(1 + e^-|x|) */
ALWAYS_INLINE vd vd_softplus(vd x) {
  const vl negative = x <= 0.0;
  const vd q = wide_exp_of(at_least(pick_wide(negative, x, -x), -200.0));
  vd p = 0x1.2990925dd142dp-7 - q * 0x1.4fb38051368d8p-10;
  p = -0x1.ee58b41c15353p-6 + q * p;
  p = 0x1.062d14b41e488p-4 + q * p;
  p = -0x1.9eb1c4cf9ce0dp-4 + q * p;
  p = 0x1.12f9c814b3cd1p-3 + q * p;
  p = -0x1.50f4755d542e7p-3 + q * p;
  p = 0x1.98e3b113b61edp-3 + q * p;
  p = -0x1.ffee3eacf3b3dp-3 + q * p;
  p = 0x1.5554e12dbc80dp-2 + q * p;
  p = -0x1.fffffda6e3706p-2 + q * p;
  p = 0x1.fffffffefc9a5p-1 + q * p;
  return (vd)(~negative & (vl)x) + q * p;
}
NARROW(softplus)

/* 2√(2/π), and 0.044715 times that. */
#define GELU_SCALE 0x1.9884533d43651p+0
#define GELU_CUBE (0.044715 * GELU_SCALE)

/*
 * x/2 · (1 + tanh(√(2/π) · (x + 0.044715·x³))), the form of GPT-2 and BERT, is x / (1 + e) with e = exp(-2√(2/π) · (…)).
 * These are the parts of it, or of its slope. Below -20 the result is -0, also at -∞, where the quotient would be infinite.
 */
ALWAYS_INLINE vd gelu_start(vd x, i32 slope) { return slope ? at_most(at_least(x, -20.0), 20.0) : at_least(x, -20.0); }
ALWAYS_INLINE vd gelu_exponent(vd x) { return -at_most(x * (GELU_SCALE + GELU_CUBE * (x * x)), 200.0); }
ALWAYS_INLINE vd gelu_end(vd x, vd e, i32 slope) {
  if (!slope) return x / (1.0 + e);
  const vd s = 1.0 / (1.0 + e);
  return s + x * (GELU_SCALE + 3.0 * GELU_CUBE * (x * x)) * (s * (s * e));
}

ALWAYS_INLINE vd vd_gelu(vd x) {
  const vd y = gelu_start(x, 0);
  return gelu_end(y, wide_exp_of(gelu_exponent(y)), 0);
}
NARROW(gelu)

ALWAYS_INLINE vd vd_gelu_slope(vd x) {
  const vd y = gelu_start(x, 1);
  return gelu_end(y, wide_exp_of(gelu_exponent(y)), 1);
}
NARROW(gelu_slope)

/* Numbers that go through a function together. */
#define CROWD 32

/*
 * y = gelu(x) of n numbers, or y = times · gelu'(x), with the bits of the functions above, in stages. One chain of all
 * operations is longer than a processor looks ahead, so that it would mostly wait with one vector after another.
 */
ALWAYS_INLINE void gelu_in_stages(f32 *y, const f32 *times, const f32 *x, i32 n, i32 slope) {
  enum { VECTORS = 2 * CROWD / LANES };
  vd v[VECTORS] = {{0}}, r[VECTORS], power[VECTORS];
  f64 *const number = (f64 *)v;
  for (i32 i = 0, count; i < n; i += count) {
    count = n - i < CROWD ? n - i : CROWD;
    for (i32 j = 0; j < count; j++) number[j] = x[i + j];
    for (i32 p = 0; p < VECTORS; p++) {
      v[p] = gelu_start(v[p], slope);
      r[p] = wide_rest(gelu_exponent(v[p]), power + p);
    }
    for (i32 p = 0; p < VECTORS; p++) r[p] = wide_bend(r[p]);
    for (i32 p = 0; p < VECTORS; p++) v[p] = gelu_end(v[p], power[p] + power[p] * r[p], slope);
    for (i32 j = 0; j < count; j++) y[i + j] = slope ? times[i + j] * (f32)number[j] : number[j];
  }
}

static inline void gelu(f32 *y, const f32 *x, i32 n) { gelu_in_stages(y, 0, x, n, 0); }
static inline void gelu_slopes(f32 *y, const f32 *times, const f32 *x, i32 n) { gelu_in_stages(y, times, x, n, 1); }
