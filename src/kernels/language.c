/* The kernels of language models in one translation unit. The native addon compiles it once per instruction set. */
#include "attention.h"
#include "batched-gemm.h"
#include "decode.h"
#include "embedding.h"
#include "layer-norm.h"
#include "sample-tokens.h"
#include "token-log-probs.h"
