#include "lanes.h"
f64 KERNEL(f64_sqrt)(f64 x) { return __builtin_sqrt(x); }
