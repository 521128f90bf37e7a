/* The float64 functions, exported under the names that JavaScript uses. */
#include "maths.h"

f64 KERNEL(exp)(f64 x) { return maths_exp(x); }
f64 KERNEL(expm1)(f64 x) { return maths_expm1(x); }
f64 KERNEL(log)(f64 x) { return maths_log(x); }
f64 KERNEL(log1p)(f64 x) { return maths_log1p(x); }
f64 KERNEL(pow)(f64 x, f64 y) { return maths_pow(x, y); }
f64 KERNEL(sin)(f64 x) { return maths_sin(x); }
f64 KERNEL(cos)(f64 x) { return maths_cos(x); }
f64 KERNEL(tan)(f64 x) { return maths_tan(x); }
f64 KERNEL(asin)(f64 x) { return maths_asin(x); }
f64 KERNEL(acos)(f64 x) { return maths_acos(x); }
f64 KERNEL(atan)(f64 x) { return maths_atan(x); }
f64 KERNEL(atan2)(f64 y, f64 x) { return maths_atan2(y, x); }
f64 KERNEL(sinh)(f64 x) { return maths_sinh(x); }
f64 KERNEL(cosh)(f64 x) { return maths_cosh(x); }
f64 KERNEL(tanh)(f64 x) { return maths_tanh(x); }
void KERNEL(sin_cos)(f64 *sine, f64 *cosine, const f64 *x, i32 n) { maths_sin_cos(sine, cosine, x, n); }
