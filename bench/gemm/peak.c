/*
 * The peak of one core: multiplications and additions on registers alone, with nothing to load. `run.mjs` compiles it
 * for this machine and to WebAssembly.
 */
#include "lanes.h"

/*
 * Enough chains that no operation waits for the one before, and few enough for the registers: 16, of which V8 keeps one
 * for itself.
 */
#define SIX(M) M(0) M(1) M(2) M(3) M(4) M(5)
#define SEVEN(M) SIX(M) M(6)
#define TWELVE(M) SEVEN(M) M(7) M(8) M(9) M(10) M(11)
#ifdef __wasm__
#define CHAINS(M) SIX(M)
#else
#define CHAINS(M) SEVEN(M)
#endif

#ifdef __wasm__
#define PEAK(name) __attribute__((export_name(#name))) f32 name
#else
#define PEAK(name) NOINLINE f32 name
#endif

/* A round is 28 · LANES operations, in WebAssembly 24 · LANES: each sum and each product changes twice. */
#define BEGIN(i) vf s##i = splat(seed + i), p##i = splat(seed + i);
#define APART(i) s##i += term, p##i *= factor;
#define TOTAL(i) total += s##i + p##i;
PEAK(apart)(i32 rounds, f32 seed) {
  const vf factor = splat(0.9999999f), term = splat(seed);
  CHAINS(BEGIN)
  for (i32 i = 0; i < rounds; i++) { CHAINS(APART) CHAINS(APART) }
  vf total = {0};
  CHAINS(TOTAL)
  return total[0];
}

#ifndef __wasm__
#include <stdio.h>
#include <time.h>

/* A round is 24 · LANES operations, of which a compiler that may fuse them makes 12 · LANES. */
#define BEGIN_FUSED(i) vf s##i = splat(seed + i);
#define FUSED(i) s##i = s##i * factor + term;
#define TOTAL_FUSED(i) total += s##i;
PEAK(fused)(i32 rounds, f32 seed) {
  const vf factor = splat(0.9999999f), term = splat(seed);
  TWELVE(BEGIN_FUSED)
  for (i32 i = 0; i < rounds; i++) { TWELVE(FUSED) }
  vf total = {0};
  TWELVE(TOTAL_FUSED)
  return total[0];
}

static f64 seconds_of(clockid_t clock) {
  struct timespec t;
  clock_gettime(clock, &t);
  return t.tv_sec + 1e-9 * t.tv_nsec;
}

/* Answers each line of its input by a burst: operations in a second, and in a second of processor time. */
int main(int count, char **words) {
  const i32 rounds = 2000000, fuse = count > 1;
  char line[256];
  while (fgets(line, sizeof line, stdin)) {
    const f64 wall = seconds_of(CLOCK_MONOTONIC), cpu = seconds_of(CLOCK_PROCESS_CPUTIME_ID);
    volatile f32 result = (fuse ? fused : apart)(rounds, 0.001f);
    (void)result;
    const f64 gigas = 1e-9 * rounds * (fuse ? 24 : 28) * LANES;
    printf("{\"wall\":%.9g,\"cpu\":%.9g}\n", gigas / (seconds_of(CLOCK_MONOTONIC) - wall),
           gigas / (seconds_of(CLOCK_PROCESS_CPUTIME_ID) - cpu));
    fflush(stdout);
  }
  return 0;
}
#endif
