/*
 * The float64 functions, each within 0.51 ulp. Plain operations in a fixed order give the same bits on every machine.
 */
#pragma once
#include "arctan64.h"
#include "exp64.h"
#include "log64.h"
#include "sine64.h"
