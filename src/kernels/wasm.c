/* The WebAssembly module: every kernel, the deterministic maths and PCG64, in one translation unit. */
#include "lanes.h"
#include "maths.c"
#include "pcg64.c"
