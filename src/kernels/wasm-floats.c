/* The WebAssembly module of the float32 kernels in one translation unit. */
#include "kernels.c"
