/* The float32 kernels, in one translation unit: the whole of the native addon's arithmetic, once for each instruction set. */
#include "gru.h"
#include "linear.h"
#include "network.h"
#include "optimise.h"
#include "reduce.h"
#include "softmax.h"
#include "surrogate.h"
