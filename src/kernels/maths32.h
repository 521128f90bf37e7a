/* float32 lanes: exp, log, log1p, tanh. Plain operations in a fixed order, so every build gives the same bits. */
#pragma once
#include "lanes.h"

ALWAYS_INLINE v16 v16_exp(v16 x) {
  const v16 capped = choose(x > 128.0f, splat(128.0f), choose(x < -160.0f, splat(-160.0f), x));
  const v16 shifted = capped * 1.44269504f + 12582912.0f;
  const v16 n = shifted - 12582912.0f;
  const v16 r = (capped - n * 0.693359375f) - n * -2.12194440e-4f;
  const v16 r2 = r * r;
  v16 p = splat(1.9875691500e-4f);
  p = p * r + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  const v16 e = (p * r2 + r) + 1.0f;
  const i16x k = (i16x)shifted - (i16x)splat(12582912.0f);
  const i16x half = k >> 1;
  const v16 scaled = e * (v16)((half + 127) << 23) * (v16)((k - half + 127) << 23);
  return choose(x != x, x, scaled);
}

ALWAYS_INLINE v16 v16_log(v16 x) {
  const i16x tiny = x < 1.17549435e-38f;
  const v16 y = choose(tiny, x * 8388608.0f, x);
  i16x bits = (i16x)y - 0x3f3504f3;
  const i16x e = (bits >> 23) - (tiny & 23);
  const v16 m = (v16)((bits & 0x7fffff) + 0x3f3504f3);
  const v16 n = __builtin_convertvector(e, v16);
  const v16 f = m - 1.0f;
  const v16 s = f / (2.0f + f);
  const v16 z = s * s;
  v16 p = splat(0.24279078841f);
  p = p * z + 0.28498786688f;
  p = p * z + 0.40000972152f;
  p = p * z + 0.66666662693f;
  const v16 hfsq = 0.5f * f * f;
  const v16 value = n * 0.693359375f - ((hfsq - (s * (hfsq + p * z) + n * -2.12194440e-4f)) - f);
  const v16 infinity = splat(__builtin_inff());
  v16 out = choose(x == 0.0f, -infinity, value);
  out = choose(x < 0.0f, splat(__builtin_nanf("")), out);
  return choose((x != x) | (x == infinity), x, out);
}

ALWAYS_INLINE v16 v16_log1p(v16 x) {
  const v16 u = 1.0f + x;
  const v16 corrected = v16_log(u) * (x / (u - 1.0f));
  return choose(u == 1.0f, x, choose(u == splat(__builtin_inff()), u, corrected));
}

ALWAYS_INLINE v16 v16_tanh(v16 x) {
  const v16 a = choose(x < 0.0f, -x, x);
  const v16 z = x * x;
  v16 p = splat(-5.70498872745e-3f);
  p = p * z + 2.06390887954e-2f;
  p = p * z - 5.37397155531e-2f;
  p = p * z + 1.33314422036e-1f;
  p = p * z - 3.33332819422e-1f;
  const v16 small = p * z * x + x;
  const v16 large = 1.0f - 2.0f / (v16_exp(a + a) + 1.0f);
  const v16 signed_large = choose(x < 0.0f, -large, large);
  return choose(x != x, x, choose(a < 0.625f, small, signed_large));
}
