/* The elementwise functions of networks, each with its derivative beside it. */
#pragma once
#include "lanes.h"
#include "maths32.h"
#include "smooth32.h"

enum { UNARY_EXP, UNARY_LOG, UNARY_TANH, UNARY_RELU, UNARY_SOFTPLUS, UNARY_SQUARE, UNARY_SQRT, UNARY_GELU, UNARY_CLAMP, UNARY_NEGATE };

ALWAYS_INLINE vf square_root(vf x) {
  f32 lanes[LANES];
  store(lanes, x);
  for (i32 j = 0; j < LANES; j++) lanes[j] = __builtin_sqrtf(lanes[j]);
  return load(lanes);
}

ALWAYS_INLINE i32 any(vi mask) {
  union {
    vi lanes;
    i64 halves[REGISTER / 8];
  } all = {mask};
  i64 found = 0;
  for (i32 j = 0; j < REGISTER / 8; j++) found |= all.halves[j];
  return found != 0;
}

/* y = tanh(y). A new network's sums are small; four vectors of small sums need the polynomial alone. */
static void tanh_in_place(f32 *y, i32 n) {
  i32 done = 0;
  for (; done + 4 * LANES <= n; done += 4 * LANES) {
    f32 *at = y + done;
    const vf x0 = load(at), x1 = load(at + LANES), x2 = load(at + 2 * LANES), x3 = load(at + 3 * LANES);
    const vi near = (absolute(x0) < TANH_NEAR) & (absolute(x1) < TANH_NEAR) & (absolute(x2) < TANH_NEAR) &
                    (absolute(x3) < TANH_NEAR);
    if (!any(~near)) {
      store(at, signed_as(x0, tanh_near(x0))), store(at + LANES, signed_as(x1, tanh_near(x1)));
      store(at + 2 * LANES, signed_as(x2, tanh_near(x2))), store(at + 3 * LANES, signed_as(x3, tanh_near(x3)));
    } else {
      store(at, vf_tanh(x0)), store(at + LANES, vf_tanh(x1));
      store(at + 2 * LANES, vf_tanh(x2)), store(at + 3 * LANES, vf_tanh(x3));
    }
  }
  f32 *rest = y + done;
  EACH(n - done, { PUT(rest, vf_tanh(GET(rest))); })
}

/* y = f(x) */
void KERNEL(unary)(i32 op, f32 *y, const f32 *x, i32 n, f32 low, f32 high) {
#define UNARY(OP, value)                                                                                                   \
  case OP: EACH(n, { const vf v = GET(x); PUT(y, value); }) return;
  switch (op) {
    UNARY(UNARY_EXP, vf_exp(v))
    UNARY(UNARY_LOG, vf_log(v))
    UNARY(UNARY_TANH, vf_tanh(v))
    UNARY(UNARY_RELU, pick(v <= 0.0f, splat(0.0f), v))
    UNARY(UNARY_SOFTPLUS, vf_softplus(v))
    UNARY(UNARY_SQUARE, v * v)
    UNARY(UNARY_SQRT, square_root(v))
    UNARY(UNARY_GELU, vf_gelu(v))
    UNARY(UNARY_CLAMP, pick(v < low, splat(low), pick(v > high, splat(high), v)))
    UNARY(UNARY_NEGATE, -v)
  }
}

/* dx += dy · f'(x), from x and y = f(x) */
void KERNEL(unary_backward)(i32 op, f32 *dx, const f32 *dy, const f32 *x, const f32 *y, i32 n, f32 low, f32 high) {
#define SLOPE(OP, value)                                                                                                   \
  case OP: EACH(n, {                                                                                                       \
      const vf v = GET(x), f = GET(y);                                                                                     \
      (void)v, (void)f;                                                                                                    \
      PUT(dx, GET(dx) + GET(dy) * (value));                                                                                \
    }) return;
  switch (op) {
    SLOPE(UNARY_EXP, f)
    SLOPE(UNARY_LOG, 1.0f / v)
    SLOPE(UNARY_TANH, 1.0f - f * f)
    SLOPE(UNARY_RELU, pick(v <= 0.0f, splat(0.0f), splat(1.0f)))
    SLOPE(UNARY_SOFTPLUS, vf_logistic(v))
    SLOPE(UNARY_SQUARE, 2.0f * v)
    SLOPE(UNARY_SQRT, 0.5f / f)
    SLOPE(UNARY_GELU, vf_gelu_slope(v))
    /* 0 at the bounds themselves, as in PyTorch. */
    SLOPE(UNARY_CLAMP, pick((v > low) & (v < high), splat(1.0f), splat(0.0f)))
    SLOPE(UNARY_NEGATE, splat(-1.0f))
  }
}

enum { BINARY_ADD, BINARY_SUB, BINARY_MUL, BINARY_DIV, BINARY_MIN, BINARY_MAX };

ALWAYS_INLINE vf binary_value(i32 op, vf a, vf b) {
  switch (op) {
    case BINARY_ADD: return a + b;
    case BINARY_SUB: return a - b;
    case BINARY_MUL: return a * b;
    case BINARY_DIV: return a / b;
    /* If either operand is NaN, so is the result. */
    case BINARY_MIN: return pick((a < b) | (a != a), a, b);
    default: return pick((a > b) | (a != a), a, b);
  }
}

/* dy · ∂y/∂a (side 0) or dy · ∂y/∂b (side 1). If min or max ties, each side gets half. */
ALWAYS_INLINE vf binary_slope(i32 op, i32 side, vf dy, vf a, vf b) {
  switch (op) {
    case BINARY_ADD: return dy;
    case BINARY_SUB: return side ? -dy : dy;
    case BINARY_MUL: return dy * (side ? a : b);
    case BINARY_DIV: return side ? -(dy * a) / (b * b) : dy / b;
    default: {
      const vi wins = (op == BINARY_MIN) == (side == 0) ? a < b : a > b;
      return pick(a == b, 0.5f * dy, pick(wins, dy, splat(0.0f)));
    }
  }
}

/*
 * y[i] = a[i mod an] ∘ b[i mod bn] for n elements, where an and bn are n, the length of a row, or 1.
 * Works row by row: a row is the shorter operand, or everything if neither operand repeats.
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

/* d += Σ over repetitions of dy · ∂y/∂(operand `side`). */
void KERNEL(binary_backward)(i32 op, i32 side, f32 *d, const f32 *dy, const f32 *a, const f32 *b, i32 n, i32 an, i32 bn) {
  const i32 dn = side ? bn : an;
  const i32 row = an == 1 || bn == 1 ? n : an < bn ? an : bn;
#define SLOPES(at) binary_slope(op, side, GET(dy at), an == 1 ? splat(*a) : GET(left), bn == 1 ? splat(*b) : GET(right))
  if (dn == 1) {
    const f32 *left = a, *right = b;
    SUM(total, n, SLOPES())
    *d += total;
    return;
  }
  for (i32 start = 0; start < n; start += row) {
    const f32 *left = an == n ? a + start : a;
    const f32 *right = bn == n ? b + start : b;
    f32 *to = dn == n ? d + start : d;
    EACH(row, { PUT(to, GET(to) + SLOPES(+start)); })
  }
}

/* y = condition ≠ 0 ? a : b */
void KERNEL(where)(f32 *y, const f32 *condition, const f32 *a, const f32 *b, i32 n) {
  EACH(n, { PUT(y, pick(GET(condition) != 0.0f, GET(a), GET(b))); })
}

/* d += dy where (condition != 0) equals `side` == 0. */
void KERNEL(where_backward)(i32 side, f32 *d, const f32 *dy, const f32 *condition, i32 n) {
  EACH(n, {
    const vi chosen = side ? GET(condition) == 0.0f : GET(condition) != 0.0f;
    PUT(d, GET(d) + pick(chosen, GET(dy), splat(0.0f)));
  })
}

void KERNEL(fill)(f32 *x, i32 n, f32 value) { EACH(n, { PUT(x, splat(value)); }) }

/* y += factor · x */
void KERNEL(add_scaled)(f32 *y, const f32 *x, i32 n, f32 factor) { EACH(n, { PUT(y, GET(y) + factor * GET(x)); }) }

/* Copies `rows` rows of `length` floats between two layouts; with `add`, adds them to y. */
void KERNEL(copy_rows)(f32 *y, const f32 *x, i32 rows, i32 length, i32 y_row, i32 x_row, i32 add) {
  for (i32 r = 0; r < rows; r++) {
    f32 *to = y + r * y_row;
    const f32 *from = x + r * x_row;
    EACH(length, { PUT(to, add ? GET(to) + GET(from) : GET(from)); })
  }
}

/* The index of the first NaN or infinite value, or -1. */
i32 KERNEL(first_not_finite)(const f32 *x, i32 n) {
  /* x - x is 0 for every finite x and NaN otherwise, so one sum tells whether a search is needed. */
  SUM(total, n, GET(x) - GET(x))
  if (total == 0.0f) return -1;
  for (i32 i = 0; i < n; i++)
    if (!(x[i] - x[i] == 0.0f)) return i;
  return -1;
}
