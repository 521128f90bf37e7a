/* The WebAssembly module: the float32 kernels, the deterministic maths and PCG64, in one translation unit. */
#include "kernels.c"
#include "maths.c"
#include "pcg64.c"
