/* The WebAssembly module of language models in one translation unit. Only programs that use one load it. */
#include "language.c"
