/*
 * The cell of a gated recurrent unit, in PyTorch's form (Cho et al. 2014, arXiv:1406.1078):
 *
 *   r = σ(x_r + h_r)    z = σ(x_z + h_z)    n = tanh(x_n + r·h_n)    h' = n + z·(h - n)
 *
 * x_r, x_z, x_n are the thirds of a row of x·W + b, and h_r, h_z, h_n those of a row of h·U + c. Sequences are stored
 * one after another, so the rows of one step lie `stride` rows apart.
 */
#pragma once
#include "elementwise.h"

/*
 * next [m rows, `stride` apart] and gates [m, 3d] = (r, z, n), from m rows of x [3d each, `stride` apart], u [m, 3d]
 * and h [m, d].
 */
void KERNEL(gru_cell)(f32 *next, f32 *gates, const f32 *x, const f32 *u, const f32 *h, i32 m, i32 d, i32 stride) {
  for (i32 row = 0; row < m; row++) {
    const f32 *xr = x + row * stride * 3 * d, *xz = xr + d, *xn = xz + d;
    const f32 *ur = u + row * 3 * d, *uz = ur + d, *un = uz + d, *before = h + row * d;
    f32 *r = gates + row * 3 * d, *z = r + d, *n = z + d, *after = next + row * stride * d;
    EACH(d, {
      const vf reset = vf_logistic(GET(xr) + GET(ur)), update = vf_logistic(GET(xz) + GET(uz));
      const vf fresh = vf_tanh(GET(xn) + reset * GET(un));
      PUT(r, reset);
      PUT(z, update);
      PUT(n, fresh);
      PUT(after, fresh + update * (GET(before) - fresh));
    })
  }
}

/*
 * The backward step of a cell. On entry `carry` [m, d] is ∂loss/∂h' through later steps; on return it is ∂loss/∂h
 * without the part that flows through u. `dy` [rows `stride` apart] is the direct ∂loss/∂h'. It writes dx [rows
 * `stride` apart] and du [m, 3d].
 */
void KERNEL(gru_cell_backward)(f32 *dx, f32 *du, f32 *carry, const f32 *dy, const f32 *gates, const f32 *u, const f32 *h, i32 m,
                               i32 d, i32 stride) {
  for (i32 row = 0; row < m; row++) {
    const f32 *r = gates + row * 3 * d, *z = r + d, *n = z + d, *un = u + row * 3 * d + 2 * d, *before = h + row * d;
    const f32 *slope = dy + row * stride * d;
    f32 *dxr = dx + row * stride * 3 * d, *dxz = dxr + d, *dxn = dxz + d;
    f32 *dur = du + row * 3 * d, *duz = dur + d, *dun = duz + d, *dh = carry + row * d;
    EACH(d, {
      const vf g = GET(dh) + GET(slope), reset = GET(r), update = GET(z), fresh = GET(n);
      const vf dfresh = g * (1.0f - update) * (1.0f - fresh * fresh);
      const vf dreset = dfresh * GET(un) * (reset * (1.0f - reset));
      const vf dupdate = g * (GET(before) - fresh) * (update * (1.0f - update));
      PUT(dxr, dreset);
      PUT(dxz, dupdate);
      PUT(dxn, dfresh);
      PUT(dur, dreset);
      PUT(duz, dupdate);
      PUT(dun, dfresh * reset);
      PUT(dh, g * update);
    })
  }
}
