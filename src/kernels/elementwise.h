/* One value in, one value out: the functions that networks are made of, each with its derivative beside it. */
#pragma once
#include "lanes.h"
#include "maths32.h"
#include "smooth32.h"

enum { UNARY_EXP, UNARY_LOG, UNARY_TANH, UNARY_RELU, UNARY_SOFTPLUS, UNARY_SQUARE, UNARY_SQRT, UNARY_GELU, UNARY_CLAMP, UNARY_NEGATE };

ALWAYS_INLINE v16 square_root(v16 x) {
  v16 y;
  _Pragma("GCC unroll 16") for (i32 j = 0; j < LANES; j++) y[j] = __builtin_sqrtf(x[j]);
  return y;
}

static v16 unary_value(i32 op, v16 x, f32 low, f32 high) {
  switch (op) {
    case UNARY_EXP: return v16_exp(x);
    case UNARY_LOG: return v16_log(x);
    case UNARY_TANH: return v16_tanh(x);
    case UNARY_RELU: return choose(x <= 0.0f, splat(0.0f), x);
    case UNARY_SOFTPLUS: return v16_softplus(x);
    case UNARY_SQUARE: return x * x;
    case UNARY_SQRT: return square_root(x);
    case UNARY_GELU: return v16_gelu(x);
    case UNARY_CLAMP: return choose(x < low, splat(low), choose(x > high, splat(high), x));
    default: return -x;
  }
}

/* dy/dx from x and y = f(x). */
static v16 unary_slope(i32 op, v16 x, v16 y, f32 low, f32 high) {
  switch (op) {
    case UNARY_EXP: return y;
    case UNARY_LOG: return 1.0f / x;
    case UNARY_TANH: return 1.0f - y * y;
    case UNARY_RELU: return choose(x <= 0.0f, splat(0.0f), splat(1.0f));
    case UNARY_SOFTPLUS: return v16_logistic(x);
    case UNARY_SQUARE: return 2.0f * x;
    case UNARY_SQRT: return 0.5f / y;
    case UNARY_GELU: return v16_gelu_slope(x);
    /* 0 at the bounds themselves, as in PyTorch. */
    case UNARY_CLAMP: return choose((x > low) & (x < high), splat(1.0f), splat(0.0f));
    default: return splat(-1.0f);
  }
}

void KERNEL(unary)(i32 op, f32 *y, const f32 *x, i32 n, f32 low, f32 high) {
  EACH(n, { PUT(y, unary_value(op, GET(x), low, high)); })
}

/* dx += dy · f'(x) */
void KERNEL(unary_backward)(i32 op, f32 *dx, const f32 *dy, const f32 *x, const f32 *y, i32 n, f32 low, f32 high) {
  EACH(n, { PUT(dx, GET(dx) + GET(dy) * unary_slope(op, GET(x), GET(y), low, high)); })
}

enum { BINARY_ADD, BINARY_SUB, BINARY_MUL, BINARY_DIV, BINARY_MIN, BINARY_MAX };

static v16 binary_value(i32 op, v16 a, v16 b) {
  switch (op) {
    case BINARY_ADD: return a + b;
    case BINARY_SUB: return a - b;
    case BINARY_MUL: return a * b;
    case BINARY_DIV: return a / b;
    /* A NaN on either side comes through. */
    case BINARY_MIN: return choose((a < b) | (a != a), a, b);
    default: return choose((a > b) | (a != a), a, b);
  }
}

/* dy · ∂y/∂a (side 0) or dy · ∂y/∂b (side 1). Where min or max ties, each side has half. */
static v16 binary_slope(i32 op, i32 side, v16 dy, v16 a, v16 b) {
  switch (op) {
    case BINARY_ADD: return dy;
    case BINARY_SUB: return side ? -dy : dy;
    case BINARY_MUL: return dy * (side ? a : b);
    case BINARY_DIV: return side ? -(dy * a) / (b * b) : dy / b;
    default: {
      const i16x wins = (op == BINARY_MIN) == (side == 0) ? a < b : a > b;
      return choose(a == b, 0.5f * dy, choose(wins, dy, splat(0.0f)));
    }
  }
}

/*
 * y[i] = a[i mod an] ∘ b[i mod bn] for n elements, where an and bn are n, or the length of a row, or 1.
 * Works row by row: a row is the shorter of the two, or everything where neither repeats.
 */
void KERNEL(binary)(i32 op, f32 *y, const f32 *a, const f32 *b, i32 n, i32 an, i32 bn) {
  const i32 row = an == 1 || bn == 1 ? n : an < bn ? an : bn;
  for (i32 start = 0; start < n; start += row) {
    f32 *to = y + start;
    const f32 *left = an == n ? a + start : a;
    const f32 *right = bn == n ? b + start : b;
    EACH(row, { PUT(to, binary_value(op, an == 1 ? splat(*a) : GET(left), bn == 1 ? splat(*b) : GET(right))); })
  }
}

/* d += Σ over repetitions of dy · ∂y/∂(that side). */
void KERNEL(binary_backward)(i32 op, i32 side, f32 *d, const f32 *dy, const f32 *a, const f32 *b, i32 n, i32 an, i32 bn) {
  const i32 dn = side ? bn : an;
  const i32 row = an == 1 || bn == 1 ? n : an < bn ? an : bn;
  v16 total = {0};
  for (i32 start = 0; start < n; start += row) {
    const f32 *slope = dy + start;
    const f32 *left = an == n ? a + start : a;
    const f32 *right = bn == n ? b + start : b;
    f32 *to = dn == n ? d + start : d;
    EACH(row, {
      const v16 g = binary_slope(op, side, GET(slope), an == 1 ? splat(*a) : GET(left), bn == 1 ? splat(*b) : GET(right));
      /* In the remainder the padding lanes of a division are 0/0, so they are cut off before they are summed. */
      if (dn != 1) PUT(to, GET(to) + g);
      else if (PART) { f32 lanes[LANES]; store(lanes, g); total += load_part(lanes, count); }
      else total += g;
    })
  }
  if (dn == 1) *d += sum_lanes(total);
}

/* y = condition ? a : b, the condition being 0 or not. */
void KERNEL(where)(f32 *y, const f32 *condition, const f32 *a, const f32 *b, i32 n) {
  EACH(n, { PUT(y, choose(GET(condition) != 0.0f, GET(a), GET(b))); })
}

/* d += dy where (condition != 0) equals `side` == 0. */
void KERNEL(where_backward)(i32 side, f32 *d, const f32 *dy, const f32 *condition, i32 n) {
  EACH(n, {
    const i16x chosen = side ? GET(condition) == 0.0f : GET(condition) != 0.0f;
    PUT(d, GET(d) + choose(chosen, GET(dy), splat(0.0f)));
  })
}

void KERNEL(fill)(f32 *x, i32 n, f32 value) { EACH(n, { PUT(x, splat(value)); }) }

/* y += factor · x */
void KERNEL(add_scaled)(f32 *y, const f32 *x, i32 n, f32 factor) { EACH(n, { PUT(y, GET(y) + factor * GET(x)); }) }

/* Copies `rows` rows of `length` floats between two layouts; `add` adds them instead. */
void KERNEL(copy_rows)(f32 *y, const f32 *x, i32 rows, i32 length, i32 y_row, i32 x_row, i32 add) {
  for (i32 r = 0; r < rows; r++) {
    f32 *to = y + r * y_row;
    const f32 *from = x + r * x_row;
    EACH(length, { PUT(to, add ? GET(to) + GET(from) : GET(from)); })
  }
}

/* The index of the first value that is NaN or infinite, or -1. */
i32 KERNEL(first_not_finite)(const f32 *x, i32 n) {
  /* x - x is 0 for every finite x and NaN for the others: one sum tells whether there is anything to look for. */
  v16 total = {0};
  EACH(n, { total += GET(x) - GET(x); })
  if (sum_lanes(total) == 0.0f) return -1;
  for (i32 i = 0; i < n; i++)
    if (!(x[i] - x[i] == 0.0f)) return i;
  return -1;
}
