/* Draws one token for each row of logits. */
#pragma once
#include "token-log-probs.h"

/* A number whose order among unsigned integers is the order of x among floats. */
ALWAYS_INLINE u32 rank_of(f32 x) {
  union {
    f32 number;
    i32 bits;
  } of = {x + 0.0f}; /* -0 becomes 0 */
  return (u32)of.bits ^ (u32)(of.bits >> 31 | SIGN_BIT);
}

/* Keeps the k largest logits and makes the others -∞. Of equal logits at the k-th place, those that come first stay. */
static void keep_largest(f32 *z, i32 n, i32 k) {
  /* The k-th largest rank, eight bits at a time: `left` counts the kept ones that share the bits found so far. */
  u32 found = 0, mask = 0;
  i32 left = k;
  for (i32 shift = 24; shift >= 0; shift -= 8) {
    i32 counts[256] = {0};
    for (i32 j = 0; j < n; j++) {
      const u32 rank = rank_of(z[j]);
      if ((rank & mask) == found) counts[rank >> shift & 255]++;
    }
    u32 digit = 255;
    for (; counts[digit] < left; digit--) left -= counts[digit];
    found |= digit << shift, mask |= 255u << shift;
  }
  for (i32 j = 0; j < n; j++) {
    const u32 rank = rank_of(z[j]);
    if (rank < found || (rank == found && left-- <= 0)) z[j] = -__builtin_inff();
  }
}

/*
 * tokens[r] from softmax(logits[r]/τ), for rows `from` to `to` of n logits, with one uniform number in [0, 1) each: the
 * first token at which the running sum of probabilities exceeds it. With top_k > 0, only among the k largest logits.
 * log_probs[r] receives the token's log-probability; without top_k it has the bits of token_log_probs. work is [rows, n].
 */
void KERNEL(sample_tokens)(i32 *tokens, f32 *log_probs, f32 *work, const f32 *logits, const f64 *uniforms, i32 n,
                           f32 temperature, i32 top_k, i32 from, i32 to) {
  for (i32 r = from; r < to; r++) {
    f32 *e = work + r * n;
    const f32 *given = logits + r * n;
    EACH(n, { PUT(e, GET(given)); })
    const f32 top = cooled(e, n, temperature);
    if (top_k > 0 && top_k < n) keep_largest(e, n, top_k);
    const f32 total = exponentials(e, e, n, top);
    const i32 drawn = drawn_index(e, n, uniforms[r]);
    tokens[r] = drawn;
    log_probs[r] = given[drawn] / temperature - top - log_of(total);
  }
}
