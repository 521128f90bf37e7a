/* The float32 kernels in one translation unit. The native addon compiles it once per instruction set. */
#include "gru.h"
#include "linear.h"
#include "network.h"
#include "optimise.h"
#include "reduce.h"
#include "softmax.h"
#include "surrogate.h"
