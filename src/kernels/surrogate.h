/*
 * The two losses of PPO, each in one pass. A kernel returns the loss and stores ∂loss/∂x, which is all that the
 * backward pass needs. Products are taken in the same order as by the separate operations.
 */
#pragma once
#include "elementwise.h"

/*
 * ∂ min(ρA, clip(ρ)·A) / ∂ρ. Inside the bounds the two sides are equal and the slope is A; where they tie at a bound,
 * it is A/2.
 */
ALWAYS_INLINE vf surrogate_slope(vf ratio, vf advantage, f32 low, f32 high) {
  const vi inside = (ratio > low) & (ratio < high);
  const vf free = ratio * advantage, clipped = pick(ratio < low, splat(low), pick(ratio > high, splat(high), ratio)) * advantage;
  const vf share = pick(inside, splat(1.0f), splat(0.5f));
  return advantage * pick(free == clipped, share, pick(free < clipped, splat(1.0f), splat(0.0f)));
}

/*
 * ln ρ counts as 44 at most, in the ratio and in its slope. ρ itself leaves float32 at 88.7, and the sums over a batch
 * before that. 44 and not 44.36 (2⁶⁴): the difference to it is exact, so the expression in tensors has the same bits.
 */
#define MOST_LOG_RATIO 44.0f
ALWAYS_INLINE vf ratio_of(vf log_ratio) { return vf_exp(pick(log_ratio > MOST_LOG_RATIO, splat(MOST_LOG_RATIO), log_ratio)); }

/*
 * figures = { mean(min(ρA, clip(ρ, low, high)·A)), mean(-ln ρ), mean(ρ - 1 - ln ρ), fraction of ρ outside the bounds },
 * where ln ρ = l - old; slope = ∂ figures[0] / ∂ l.
 */
void KERNEL(clipped_surrogate)(f32 *figures, f32 *slope, const f32 *l, const f32 *old, const f32 *advantage, i32 n, f32 low,
                               f32 high) {
  const f32 share = 1.0f / (f32)n;
  f32 *ratio = slope;
  EACH(n, { PUT(ratio, ratio_of(GET(l) - GET(old))); })
  {
#define CLIPPED(v) pick(v < low, splat(low), pick(v > high, splat(high), v))
    SUM(gain, n, binary_value(BINARY_MIN, GET(ratio) * GET(advantage), CLIPPED(GET(ratio)) * GET(advantage)))
    SUM(moved, n, GET(old) - GET(l))
    SUM(apart, n, (GET(ratio) - 1.0f) + (GET(old) - GET(l)))
    SUM(outside, n, masked((GET(ratio) < low) | (GET(ratio) > high), splat(1.0f)))
    figures[0] = share * gain, figures[1] = share * moved, figures[2] = share * apart, figures[3] = share * outside;
  }
  EACH(n, { PUT(slope, share * surrogate_slope(GET(ratio), GET(advantage), low, high) * GET(ratio)); })
}

/*
 * mean of e = (v - g)² or, with `old`, of max(e, (old + clip(v - old, ±range) - g)²). slope = ∂ mean / ∂ v.
 */
f64 KERNEL(value_error)(f32 *slope, const f32 *v, const f32 *g, const f32 *old, i32 n, f32 range) {
  const f32 share = 1.0f / (f32)n;
  if (!old) {
    SUM(total, n, (GET(v) - GET(g)) * (GET(v) - GET(g)))
    EACH(n, { PUT(slope, share * (2.0f * (GET(v) - GET(g)))); })
    return share * total;
  }
#define STEP (GET(v) - GET(old))
#define NEAR (GET(old) + pick(STEP < -range, splat(-range), pick(STEP > range, splat(range), STEP)) - GET(g))
#define FAR (GET(v) - GET(g))
  SUM(total, n, binary_value(BINARY_MAX, FAR * FAR, NEAR * NEAR))
  EACH(n, {
    const vf step = STEP, far = FAR, near = NEAR;
    const vf of_near = masked((step > -range) & (step < range), 2.0f * near), of_far = 2.0f * far;
    const vf larger = pick(far * far > near * near, of_far, of_near);
    PUT(slope, share * pick(far * far == near * near, 0.5f * of_far + 0.5f * of_near, larger));
  })
  return share * total;
}
