/*
 * Vectors as wide as a register of the machine. Long functions are written for these and then lifted to sixteen lanes: a
 * compiler that has to cut sixteen lanes into registers itself keeps what lies between two operations in memory, which made
 * tanh five times slower. A lane's result does not depend on how many lie beside it, so the bits are the same.
 */
#pragma once
#include "lanes.h"

#if defined(__AVX512F__)
#define REGISTER 64
#elif defined(__AVX2__)
#define REGISTER 32
#else
#define REGISTER 16
#endif

typedef f32 vf __attribute__((vector_size(REGISTER)));
typedef i32 vi __attribute__((vector_size(REGISTER)));
typedef f64 vd __attribute__((vector_size(REGISTER)));
typedef i64 vl __attribute__((vector_size(REGISTER)));
/* As many float32 as there are float64 in a register. */
typedef f32 vh __attribute__((vector_size(REGISTER / 2)));

/* Bits that are kept where the mask is all ones, and 0 elsewhere. */
ALWAYS_INLINE vf masked(vi mask, vf x) { return (vf)(mask & (vi)x); }
/* yes where the mask is all ones, no where it is 0. */
ALWAYS_INLINE vf pick(vi mask, vf yes, vf no) { return (vf)((mask & (vi)yes) | (~mask & (vi)no)); }
ALWAYS_INLINE vd pick_wide(vl mask, vd yes, vd no) { return (vd)((mask & (vl)yes) | (~mask & (vl)no)); }

/* v16_name, from vf_name. */
#define LIFT(name)                                                                                                         \
  ALWAYS_INLINE v16 v16_##name(v16 x) {                                                                                    \
    union {                                                                                                                \
      v16 whole;                                                                                                           \
      vf part[64 / REGISTER];                                                                                              \
    } lanes = {x};                                                                                                         \
    for (i32 j = 0; j < 64 / REGISTER; j++) lanes.part[j] = vf_##name(lanes.part[j]);                                      \
    return lanes.whole;                                                                                                    \
  }

/* v16_name, from vd_name, which computes in float64. */
#define LIFT_WIDE(name)                                                                                                    \
  ALWAYS_INLINE v16 v16_##name(v16 x) {                                                                                    \
    union {                                                                                                                \
      v16 whole;                                                                                                           \
      vh part[128 / REGISTER];                                                                                             \
    } lanes = {x};                                                                                                         \
    for (i32 j = 0; j < 128 / REGISTER; j++) {                                                                             \
      lanes.part[j] = __builtin_convertvector(vd_##name(__builtin_convertvector(lanes.part[j], vd)), vh);                  \
    }                                                                                                                      \
    return lanes.whole;                                                                                                    \
  }
