/* The float64 functions, each within 0.51 ulp, from plain operations in a fixed order: the same bits on every machine. */
#pragma once
#include "arctan64.h"
#include "exp64.h"
#include "log64.h"
#include "sine64.h"
