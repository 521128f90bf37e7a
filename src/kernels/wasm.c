/* The WebAssembly module in one translation unit: the float32 kernels, the deterministic maths and PCG64. */
#include "kernels.c"
#include "maths.c"
#include "pcg64.c"
