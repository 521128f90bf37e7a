/*
 * One more token of sequences side by side, through all layers of a GPT in one call: for R tokens, a call for each part of a
 * layer would take as long as its arithmetic. Each row has the bits that it has in a whole sequence.
 *
 * A plan in kernel memory describes the model. It holds the addresses of all arrays, including its own. Matrices are panels.
 */
#pragma once
#include "attention.h"
#include "layer-norm.h"
#include "panels.h"
#include "smooth32.h"

typedef struct {
  u32 gain, bias;
} decode_norm;

typedef struct {
  u32 panels, bias;
} decode_matrix;

typedef struct {
  decode_norm norm1;
  decode_matrix attention, attention_out;
  decode_norm norm2;
  decode_matrix up, down;
  /* The cache of attention_step (attention.h). */
  u32 keys, values;
} decode_layer;

typedef struct {
  u32 self;
  i32 count, heads, width, room, vocabulary;
  u32 tokens, positions, head;
  decode_norm norm;
  decode_layer layers[];
} decode_plan;

#define PLACED(address) ((f32 *)((char *)plan - plan->self + (address)))

/*
 * The next position of the sequences in slots[r], r from `from` to `to`, whose tokens at `position` are ids[r]. With `logits`
 * [R, vocabulary], it receives those of the tokens that follow. work [R, 6C + heads·room] is room to work in, with C =
 * heads·width.
 */
void KERNEL(decode)(f32 *logits, f32 *work, const i32 *described, const i32 *ids, const i32 *slots, i32 position, f32 eps,
                    i32 from, i32 to) {
  const decode_plan *plan = (const decode_plan *)described;
  const i32 heads = plan->heads, width = plan->width, room = plan->room, c = heads * width, rows = to - from;
  f32 *x = work + from * (6 * c + heads * room), *y = x + rows * c, *wide = y + rows * c, *attended = wide + 3 * rows * c;
  f32 *scores = wide + 4 * rows * c;
  const f32 *place = PLACED(plan->positions) + position * c;
  for (i32 r = 0; r < rows; r++) {
    const f32 *token = PLACED(plan->tokens) + ids[from + r] * c;
    EACH(c, { PUT(x + r * c, GET(token) + GET(place)); })
  }
#define NORMED(norm) norm_rows(y, 0, x, PLACED((norm).gain), PLACED((norm).bias), rows, c, eps)
#define PROJECTED(to, from, by, k, n) panel_product(to, from, PLACED((by).panels), PLACED((by).bias), rows, k, n)
#define ADD_TO_STATES EACH(rows * c, { PUT(x, GET(x) + GET(y)); })
  for (const decode_layer *l = plan->layers; l < plan->layers + plan->count; l++) {
    f32 *keys = PLACED(l->keys), *values = PLACED(l->values);
    NORMED(l->norm1);
    PROJECTED(wide, y, l->attention, c, 3 * c);
    attention_step(attended, scores, keys, values, wide, slots + from, position, room, heads, width, rows);
    PROJECTED(y, attended, l->attention_out, c, c);
    ADD_TO_STATES
    NORMED(l->norm2);
    PROJECTED(wide, y, l->up, c, 4 * c);
    gelu(wide, wide, 4 * rows * c);
    PROJECTED(y, wide, l->down, 4 * c, c);
    ADD_TO_STATES
  }
  if (!logits) return;
  NORMED(plan->norm);
  panel_product(logits + from * plan->vocabulary, y, PLACED(plan->head), 0, rows, c, plan->vocabulary);
}
