/* The WebAssembly module of numbers in one translation unit: the deterministic maths and PCG64. */
#include "maths.c"
#include "pcg64.c"
