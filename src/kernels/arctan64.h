/*
 * atan2 and the other inverse functions. For a <= b, atan(a/b) = atan(c) + atan((a - c·b) / (b + c·a)), where c is the
 * multiple of 1/64 nearest to a/b. The first term is a table entry in two parts; the second is a division to 100 bits
 * and a short series. The large terms are added exactly: 0.501 ulp.
 */
#pragma once
#include "double-double.h"
#include "tables/tables64.h"

/* atan(a/b) for 0 <= a <= b and 2^-60 <= a/b, with a and b far from overflow and underflow. */
ALWAYS_INLINE dd arctan_parts(dd a, dd b) {
  const i32 j = (i32)(a.hi / b.hi * 64 + 0.5);
  const f64 c = j * 0x1p-6, a_upper = upper(a.hi), b_upper = upper(b.hi);
  dd across = two_sum(a.hi - c * b_upper, -(c * (b.hi - b_upper)));
  across.lo += a.lo - c * b.lo;
  dd along = two_sum(b.hi, c * a_upper);
  along.lo += c * (a.hi - a_upper) + (b.lo + c * a.lo);
  const dd t = divide(across, along);
  const f64 z = t.hi * t.hi;
  const f64 bend = t.hi * z * (-1.0 / 3 + z * (1.0 / 5 - z * (1.0 / 7 - z * (1.0 / 9))));
  const dd sum = fast_two_sum(atan_table[j][0], t.hi);
  return (dd){sum.hi, sum.lo + (atan_table[j][1] + (t.lo + bend))};
}

/* The angle of a finite point (x, y) other than (0, 0); x and y are magnitudes. */
static f64 angle_of(dd y, dd x, i32 left, f64 sign) {
  const i32 steep = y.hi > x.hi;
  dd a = steep ? x : y, b = steep ? y : x;
  dd angle;
  if (a.hi < b.hi * 0x1p-60) {
    /* The angle is the quotient itself, or so close to an axis that the quotient rounds away. */
    if (!steep && !left) return with_sign_of(a.hi / b.hi, sign);
    angle = (dd){0x1p-70, 0};
  } else {
    const f64 scale = b.hi > 0x1p500 ? 0x1p-600 : b.hi < 0x1p-400 ? 0x1p600 : 1;
    angle = arctan_parts((dd){a.hi * scale, a.lo * scale}, (dd){b.hi * scale, b.lo * scale});
  }
  if (steep) {
    /* π/2 - angle on the right, π/2 + angle on the left. */
    const f64 turn = left ? 1 : -1;
    const dd sum = fast_two_sum(HALF_PI_HIGH, turn * angle.hi);
    angle = (dd){sum.hi, sum.lo + (HALF_PI_LOW + turn * angle.lo)};
  } else if (left) {
    const dd sum = fast_two_sum(PI_HIGH, -angle.hi);
    angle = (dd){sum.hi, sum.lo + (PI_LOW - angle.lo)};
  }
  return with_sign_of(angle.hi + angle.lo, sign);
}

static f64 maths_atan2(f64 y, f64 x) {
  if (x != x || y != y) return x + y;
  f64 a = magnitude(y), b = magnitude(x);
  const i32 left = bits_of(x) >> 63;
  if (a == __builtin_inf() || b == __builtin_inf()) {
    /* An infinite point lies on an axis or a diagonal, like the finite point made here. */
    const f64 far_a = a == __builtin_inf(), far_b = b == __builtin_inf();
    a = far_a;
    b = far_b;
  }
  if (a == 0) return with_sign_of(left ? PI_HIGH : 0, y);
  return angle_of((dd){a, 0}, (dd){b, 0}, left, y);
}

static f64 maths_atan(f64 x) { return magnitude(x) < 0x1p-27 ? x : maths_atan2(x, 1); }

/* √(1 - x²) in two parts, for |x| <= 1. */
static dd other_leg(f64 x) {
  const dd square = two_product(x, x);
  dd rest = two_sum(1, -square.hi);
  rest.lo -= square.lo;
  const f64 root = __builtin_sqrt(rest.hi);
  if (root == 0) return (dd){0, 0};
  const dd back = two_product(root, root);
  return (dd){root, (((rest.hi - back.hi) - back.lo) + rest.lo) / (root + root)};
}

static f64 maths_asin(f64 x) {
  const f64 a = magnitude(x);
  if (!(a <= 1)) return __builtin_nan("");
  if (a < 0x1p-27) return x;
  return angle_of((dd){a, 0}, other_leg(x), 0, x);
}

static f64 maths_acos(f64 x) {
  const f64 a = magnitude(x);
  if (!(a <= 1)) return __builtin_nan("");
  if (x == 1) return 0;
  return angle_of(other_leg(x), (dd){a, 0}, bits_of(x) >> 63, 1);
}
