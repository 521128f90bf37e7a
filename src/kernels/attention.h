/*
 * Causal self-attention (Vaswani et al. 2017) of one sequence after another, and one step of it with a cache.
 *
 * A row of qkv holds queries, keys and values of all heads, in this order. Position i attends to the positions j <= i:
 *
 *   s_ij = q_i·k_j / √width    p_ij = exp(s_ij - max) / Σ_j exp(s_ij - max)    y_i = Σ_j p_ij·v_j
 *
 * The products are those of gemm.h: each score is one chain over the head's width, each output one chain over j. The sum
 * over j runs in the order of `SUM`. Further positions only add zeros, so a position has the same bits in a sequence of
 * any length and in a step. A unit of work is one head of one sequence.
 */
#pragma once
#include "gemm.h"
#include "maths32.h"

/* Queries that are computed together. The number of keys is rounded up to a multiple of it; further ones get p = 0. */
#define BLOCK 16
#define WHOLE_BLOCKS(n) (((n) + BLOCK - 1) / BLOCK * BLOCK)

/* C [m, n] = A·B, or with `add` C += A·B. Whole vectors of B's columns are read where they lie, without packing. */
static void product_of(matrix c, matrix a, matrix b, i32 m, i32 n, i32 k, i32 add) {
  if (n % LANES) {
    gemm(c, a, b, 0, m, n, k, add ? GEMM_ACCUMULATE : 0);
    return;
  }
  i32 wide = tile_wide(m);
  for (i32 j = 0; j < n; j += wide * LANES) {
    while (wide * LANES > n - j) wide /= 2;
    f32 *to = c.at + j;
    full_columns(wide, m, to, c.row, a.at, a.row, a.col, b.at + j, b.row, k, add ? to : zero, add ? c.row : 0, 0);
  }
}

/* eˣ for x <= 0, within 0.99 ulp; 0 below -87. It takes two thirds of the time of vf_exp. */
ALWAYS_INLINE vf exp_below(vf x) {
  const vf shifted = x * LOG2_E + ROUNDER, n = shifted - ROUNDER;
  const vf r = (x - n * LOG2_HIGH) - n * LOG2_LOW, e = 1.0f + (r + r * r * exp_bend(r));
  const vf power = (vf)(((vi)shifted << 23) + (vi)((vf){0} + 1.0f));
  return masked(~(x < -87.0f), e * power);
}

/* p = softmax(scale·s), in place, of the first `count` scores; 0 from there to n, a multiple of BLOCK. */
static void probabilities(f32 *s, i32 count, i32 n, f32 scale) {
  for (i32 j = count; j < n; j++) s[j] = -__builtin_inff();
  vf highest = splat(-__builtin_inff());
  for (i32 j = 0; j < n; j += LANES) {
    const vf v = load(s + j) * scale;
    store(s + j, v);
    highest = pick(v > highest, v, highest);
  }
  f32 top = highest[0];
  for (i32 j = 1; j < LANES; j++)
    if (highest[j] > top) top = highest[j];
  for (i32 j = 0; j < n; j += LANES) store(s + j, exp_below(load(s + j) - top));
  SUM(total, n, GET(s))
  for (i32 j = 0; j < n; j += LANES) store(s + j, load(s + j) / total);
}

/* Columns of `width` numbers in `steps` rows as rows of `room` numbers, with zeros at their ends. */
static void turned(f32 *y, i32 room, const f32 *x, i32 x_row, i32 steps, i32 width) {
  transpose(y, room, x, x_row, steps, width);
  for (i32 c = 0; c < width; c++)
    for (i32 j = steps; j < room; j++) y[c * room + j] = 0.0f;
}

/* The floats that the probabilities of a unit take: a block of queries has them up to its last key. */
ALWAYS_INLINE i32 triangle(i32 steps) {
  const i32 blocks = WHOLE_BLOCKS(steps) / BLOCK;
  return BLOCK * BLOCK * blocks * (blocks + 1) / 2;
}

/*
 * y [B, steps, C] from qkv [B, steps, 3C], for the units `from` to `to`; a head is `width` wide, and C = heads·width.
 * p [units, triangle(steps)] receives the probabilities. keys [units, width, WHOLE_BLOCKS(steps)] is room to work in.
 */
void KERNEL(attention)(f32 *y, f32 *p, f32 *keys, f32 *qkv, i32 steps, i32 heads, i32 width, i32 from, i32 to) {
  const i32 c = heads * width, room = WHOLE_BLOCKS(steps);
  const f32 scale = 1.0f / __builtin_sqrtf((f32)width);
  for (i32 unit = from; unit < to; unit++) {
    const i32 first = unit / heads * steps, column = unit % heads * width;
    const matrix q = {qkv + first * 3 * c + column, 3 * c, 1}, k = part_of(q, 0, c), v = part_of(k, 0, c);
    const matrix out = {y + first * c + column, c, 1}, turned_k = {keys + unit * width * room, room, 1};
    turned(turned_k.at, room, k.at, k.row, steps, width);
    f32 *s = p + unit * triangle(steps);
    for (i32 i = 0; i < steps; i += BLOCK) {
      const i32 n = i + BLOCK, m = steps - i < BLOCK ? steps - i : BLOCK;
      product_of((matrix){s, n, 1}, part_of(q, i, 0), turned_k, m, n, width, 0);
      for (i32 r = 0; r < m; r++) probabilities(s + r * n, i + r + 1, n, scale);
      product_of(part_of(out, i, 0), (matrix){s, n, 1}, v, m, width, i + m, 0);
      s += BLOCK * n;
    }
  }
}

/*
 * dqkv, or with `add` dqkv +=, from dy and the probabilities, which are overwritten by the slopes of the scores:
 *
 *   ds_ij = p_ij·(dp_ij - Σ_j p_ij·dp_ij)/√width with dp_ij = dy_i·v_j
 *   dq_i = Σ_j ds_ij·k_j    dk_j = Σ_i ds_ij·q_i    dv_j = Σ_i p_ij·dy_i
 *
 * `work` [units, width + BLOCK, WHOLE_BLOCKS(steps)] is room to work in.
 */
void KERNEL(attention_backward)(f32 *dqkv, f32 *p, f32 *work, f32 *dy, f32 *qkv, i32 steps, i32 heads, i32 width, i32 add,
                                i32 from, i32 to) {
  const i32 c = heads * width, room = WHOLE_BLOCKS(steps);
  const f32 scale = 1.0f / __builtin_sqrtf((f32)width);
  for (i32 unit = from; unit < to; unit++) {
    const i32 first = unit / heads * steps, column = unit % heads * width;
    const matrix q = {qkv + first * 3 * c + column, 3 * c, 1}, k = part_of(q, 0, c), v = part_of(k, 0, c);
    const matrix dq = {dqkv + first * 3 * c + column, 3 * c, 1}, dk = part_of(dq, 0, c), dv = part_of(dk, 0, c);
    const matrix slope = {dy + first * c + column, c, 1}, turned_v = {work + unit * (width + BLOCK) * room, room, 1};
    turned(turned_v.at, room, v.at, v.row, steps, width);
    if (!add)
      for (i32 i = 0; i < steps; i++)
        for (i32 j = 0; j < width; j++) dk.at[i * dk.row + j] = dv.at[i * dv.row + j] = 0.0f;
    f32 *s = p + unit * triangle(steps), *dp = turned_v.at + width * room;
    for (i32 i = 0; i < steps; i += BLOCK) {
      const i32 n = i + BLOCK, m = steps - i < BLOCK ? steps - i : BLOCK;
      const matrix rows = {s, n, 1}, out = part_of(slope, i, 0);
      product_of(dv, transposed(rows), out, i + m, width, m, 1);
      product_of((matrix){dp, n, 1}, out, turned_v, m, n, width, 0);
      for (i32 r = 0; r < m; r++) {
        f32 *probability = s + r * n;
        const f32 *change = dp + r * n;
        SUM(mean, n, GET(probability) * GET(change))
        for (i32 j = 0; j < n; j += LANES)
          store(probability + j, scale * (load(probability + j) * (load(change + j) - mean)));
      }
      product_of(part_of(dq, i, 0), rows, k, m, width, i + m, add);
      product_of(dk, transposed(rows), part_of(q, i, 0), i + m, width, m, 1);
      s += BLOCK * n;
    }
  }
}

/*
 * s [n] = q·k_j for n keys, a multiple of BLOCK, which lie in blocks as rows of BLOCK numbers: row i of a block holds number i
 * of its keys. Blocks are `far` floats apart. Four vectors at a time, so that no addition waits for the one before.
 */
static void scores_of(f32 *s, f32 *q, f32 *k, i32 n, i32 width, i32 far) {
#define KEYS(v) (k + (at + v * LANES) / BLOCK * far + (at + v * LANES) % BLOCK)
  i32 at = 0;
  for (; at + 4 * LANES <= n; at += 4 * LANES) {
    const f32 *k0 = KEYS(0), *k1 = KEYS(1), *k2 = KEYS(2), *k3 = KEYS(3);
    vf s0 = {0}, s1 = {0}, s2 = {0}, s3 = {0};
    for (i32 j = 0; j < width; j++) {
      const f32 factor = q[j];
      s0 += factor * load(k0 + j * BLOCK), s1 += factor * load(k1 + j * BLOCK);
      s2 += factor * load(k2 + j * BLOCK), s3 += factor * load(k3 + j * BLOCK);
    }
    store(s + at, s0), store(s + at + LANES, s1), store(s + at + 2 * LANES, s2), store(s + at + 3 * LANES, s3);
  }
  for (; at < n; at += LANES) {
    const f32 *own = KEYS(0);
    vf sum = {0};
    for (i32 j = 0; j < width; j++) sum += q[j] * load(own + j * BLOCK);
    store(s + at, sum);
  }
}

/*
 * y [heads·width] = Σ_j p[head][j]·v[j] of `count` rows of values, each one chain over j. Rows of p are `far` floats apart.
 * Eight vectors at a time, of one head or several: so most of a row of values is read in the order in which it lies.
 */
static void weighted_values(f32 *y, f32 *p, f32 *v, i32 count, i32 heads, i32 width, i32 far) {
#define HEAD_OF(r, w) const f32 *p##w = p + (at + w * LANES) / width * far;
#define NOTHING(r, w) vf s##w = {0};
#define ADD_VALUE(r, w) s##w += p##w[j] * load(from + w * LANES);
#define PUT_SUM(r, w) store(y + at + w * LANES, s##w);
  const i32 c = heads * width;
  i32 at = 0;
  if (width % LANES == 0)
    for (; at + 8 * LANES <= c; at += 8 * LANES) {
      const f32 *from = v + at;
      WIDE_8(HEAD_OF, 0)
      WIDE_8(NOTHING, 0)
      for (i32 j = 0; j < count; j++, from += c) { WIDE_8(ADD_VALUE, 0) }
      WIDE_8(PUT_SUM, 0)
    }
  while (at < c) {
    const i32 head = at / width, left = (head + 1) * width - at;
    product_of((matrix){y + at, c, 1}, (matrix){p + head * far, far, 1}, (matrix){v + at, c, 1}, 1, left, count, 0);
    at += left;
  }
}

/*
 * One more position for sequences side by side: y [rows, C] from qkv [rows, 3C] at `position`. Row r continues the
 * sequence in slot slots[r] of the cache: keys [slots, room/BLOCK, C, BLOCK] and values [slots, room, C], to which it appends
 * its own. What the positions so far need of either lies together, because it is read from beyond the nearest caches.
 * room is a multiple of BLOCK. scores [rows, heads, room] is room to work in.
 */
static void attention_step(f32 *y, f32 *scores, f32 *keys, f32 *values, f32 *qkv, const i32 *slots, i32 position, i32 room,
                           i32 heads, i32 width, i32 rows) {
  const i32 c = heads * width, count = position + 1, n = WHOLE_BLOCKS(count);
  const f32 scale = 1.0f / __builtin_sqrtf((f32)width);
  for (i32 r = 0; r < rows; r++) {
    f32 *q = qkv + r * 3 * c, *k = keys + slots[r] * room * c, *v = values + slots[r] * room * c, *s = scores + r * heads * room;
    f32 *own_k = k + position / BLOCK * BLOCK * c + position % BLOCK, *own_v = v + position * c;
    for (i32 j = 0; j < c; j++) own_k[j * BLOCK] = q[c + j], own_v[j] = q[2 * c + j];
    for (i32 head = 0; head < heads; head++) {
      scores_of(s + head * room, q + head * width, k + head * width * BLOCK, n, width, c * BLOCK);
      probabilities(s + head * room, count, n, scale);
    }
    weighted_values(y + r * c, s, v, count, heads, width, room);
  }
}
