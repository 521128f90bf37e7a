/*
 * All layers of a network, forwards and backwards, in few calls; with one call per layer, the calls would take a tenth
 * of the time. The bits are those of `linear` and its gradient, layer by layer.
 *
 * A plan in kernel memory describes the network. It holds the addresses of all arrays, including its own.
 */
#pragma once
#include "linear.h"

typedef struct {
  u32 weights, bias, y, before;
  /* ∂loss/∂y on entry, ∂loss/∂z for z = x·W + b on return. */
  u32 dz;
  /* 0 for no gradient. `add_weights` and `add_bias` say whether to add to what is there. */
  u32 weights_gradient, bias_gradient;
  i32 add_weights, add_bias;
  i32 inputs, outputs, activation;
} network_layer;

typedef struct {
  u32 self;
  i32 count;
  u32 x, dx;
  i32 add_dx;
  network_layer layers[];
} network_plan;

/* Columns in a unit of work on the gradients of the weights: two vectors of the widest machine. */
#define UNIT 32

ALWAYS_INLINE f32 *placed(const network_plan *plan, u32 address) {
  return address ? (f32 *)((char *)plan - plan->self + address) : 0;
}

/* y of every layer, for rows `from` to `to` of x. */
void KERNEL(network_forward)(const i32 *network, i32 from, i32 to) {
  const network_plan *plan = (const network_plan *)network;
  f32 *x = placed(plan, plan->x);
  for (const network_layer *l = plan->layers; l < plan->layers + plan->count; l++) {
    const i32 k = l->inputs, n = l->outputs;
    f32 *y = placed(plan, l->y), *before = placed(plan, l->before);
    layer(y + from * n, before ? before + from * n : 0, x + from * k, placed(plan, l->weights), placed(plan, l->bias), to - from,
          k, n, l->activation);
    x = y;
  }
}

/* dz of every layer, from the last one's, and dx, for rows `from` to `to`. */
void KERNEL(network_slopes)(const i32 *network, i32 from, i32 to) {
  const network_plan *plan = (const network_plan *)network;
  for (const network_layer *l = plan->layers + plan->count - 1; l >= plan->layers; l--) {
    const i32 first = l == plan->layers, k = l->inputs, n = l->outputs;
    f32 *dz = placed(plan, l->dz) + from * n, *before = placed(plan, l->before);
    if (l->activation != ACTIVATION_NONE)
      slope(dz, dz, placed(plan, l->y) + from * n, before ? before + from * n : 0, (to - from) * n, l->activation);
    f32 *dx = placed(plan, first ? plan->dx : l[-1].dz);
    if (dx)
      gemm((matrix){dx + from * k, k, 1}, (matrix){dz, n, 1}, (matrix){placed(plan, l->weights), 1, n}, 0, to - from, k, n,
           first && plan->add_dx ? GEMM_ACCUMULATE : 0);
  }
}

/*
 * Units `from` to `to` of the gradients of weights and biases, from m rows of x and dz. Units are numbered layer by
 * layer.
 */
void KERNEL(network_weights)(const i32 *network, i32 m, i32 from, i32 to) {
  const network_plan *plan = (const network_plan *)network;
  f32 *x = placed(plan, plan->x);
  i32 unit = 0;
  for (const network_layer *l = plan->layers; l < plan->layers + plan->count; l++) {
    const i32 k = l->inputs, n = l->outputs;
    /* The columns of this layer that are in these units. */
    const i32 first = from > unit ? (from - unit) * UNIT : 0, end = (to - unit) * UNIT, j = first < n ? first : n;
    const i32 width = (end < n ? end : n) - j;
    unit += (n + UNIT - 1) / UNIT;
    if (width > 0) {
      f32 *dz = placed(plan, l->dz) + j, *dw = placed(plan, l->weights_gradient), *db = placed(plan, l->bias_gradient);
      if (dw)
        gemm((matrix){dw + j, n, 1}, (matrix){x, 1, k}, (matrix){dz, n, 1}, 0, k, width, m,
             l->add_weights ? GEMM_ACCUMULATE : 0);
      if (db) {
        if (!l->add_bias)
          for (i32 i = j; i < j + width; i++) db[i] = 0;
        add_columns(db + j, dz, m, width, n);
      }
    }
    x = placed(plan, l->y);
  }
}
