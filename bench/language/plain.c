/*
 * GPT-2 in plain C, of our own, in the manner of programs that train it without a library: loops over arrays, each written
 * so that GCC vectorises it, nothing tuned for a machine. Supervised learning with AdamW and a limit on the gradient.
 *
 *   plain WEIGHTS IDS layers width heads vocabulary context rows length
 *
 * Each line of its input is a number of steps; it answers by seconds, processor seconds, tokens and losses.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static int L, C, H, V, S, B, T;

static float *zeros(size_t n) { return calloc(n, sizeof(float)); }

/* y [m, n] = x [m, k] · w [k, n] + bias */
static void linear(float *restrict y, const float *restrict x, const float *restrict w, const float *restrict bias, int m,
                   int k, int n) {
  for (int i = 0; i < m; i++) {
    float *restrict row = y + (size_t)i * n;
    for (int j = 0; j < n; j++) row[j] = bias ? bias[j] : 0;
    for (int p = 0; p < k; p++) {
      const float a = x[(size_t)i * k + p];
      const float *restrict from = w + (size_t)p * n;
      for (int j = 0; j < n; j++) row[j] += a * from[j];
    }
  }
}

/* dx = dy·wᵀ by way of a transposed copy of w; dw += xᵀ·dy, db += Σ dy */
static void linear_backward(float *restrict dx, float *restrict dw, float *restrict db, const float *restrict dy,
                            const float *restrict x, const float *restrict w, int m, int k, int n) {
  float *turned = malloc(sizeof(float) * k * n);
  for (int p = 0; p < k; p++)
    for (int j = 0; j < n; j++) turned[(size_t)j * k + p] = w[(size_t)p * n + j];
  linear(dx, dy, turned, NULL, m, n, k);
  free(turned);
  for (int i = 0; i < m; i++) {
    const float *restrict g = dy + (size_t)i * n;
    for (int p = 0; p < k; p++) {
      const float a = x[(size_t)i * k + p];
      float *restrict to = dw + (size_t)p * n;
      for (int j = 0; j < n; j++) to[j] += a * g[j];
    }
    if (db)
      for (int j = 0; j < n; j++) db[j] += g[j];
  }
}

static void norm(float *restrict y, float *restrict moments, const float *restrict x, const float *gain, const float *bias,
                 int m) {
  for (int i = 0; i < m; i++) {
    const float *row = x + (size_t)i * C;
    float mean = 0, square = 0;
    for (int j = 0; j < C; j++) mean += row[j];
    mean /= C;
    for (int j = 0; j < C; j++) square += (row[j] - mean) * (row[j] - mean);
    const float scale = 1 / sqrtf(square / C + 1e-5f);
    for (int j = 0; j < C; j++) y[(size_t)i * C + j] = (row[j] - mean) * scale * gain[j] + bias[j];
    moments[2 * i] = mean, moments[2 * i + 1] = scale;
  }
}

/* dx += */
static void norm_backward(float *restrict dx, float *restrict dgain, float *restrict dbias, const float *restrict dy,
                          const float *restrict x, const float *restrict moments, const float *restrict gain, int m) {
  for (int i = 0; i < m; i++) {
    const float *row = x + (size_t)i * C, *g = dy + (size_t)i * C;
    const float mean = moments[2 * i], scale = moments[2 * i + 1];
    float along = 0, across = 0;
    for (int j = 0; j < C; j++) {
      const float normal = (row[j] - mean) * scale, slope = g[j] * gain[j];
      along += slope, across += slope * normal;
      dgain[j] += g[j] * normal, dbias[j] += g[j];
    }
    along /= C, across /= C;
    for (int j = 0; j < C; j++)
      dx[(size_t)i * C + j] += scale * (g[j] * gain[j] - along - (row[j] - mean) * scale * across);
  }
}

/* p [B, H, T, T] are the probabilities. */
static void attention(float *restrict y, float *restrict p, const float *restrict qkv) {
  const int D = C / H;
  const float scale = 1 / sqrtf(D);
  memset(y, 0, sizeof(float) * B * T * C);
  for (int b = 0; b < B; b++)
    for (int h = 0; h < H; h++)
      for (int t = 0; t < T; t++) {
        const float *q = qkv + (size_t)(b * T + t) * 3 * C + h * D;
        float *row = p + ((size_t)(b * H + h) * T + t) * T, *out = y + (size_t)(b * T + t) * C + h * D;
        float top = -INFINITY, sum = 0;
        for (int u = 0; u <= t; u++) {
          const float *k = qkv + (size_t)(b * T + u) * 3 * C + C + h * D;
          float s = 0;
          for (int d = 0; d < D; d++) s += q[d] * k[d];
          row[u] = s * scale;
          if (row[u] > top) top = row[u];
        }
        for (int u = 0; u <= t; u++) row[u] = expf(row[u] - top), sum += row[u];
        for (int u = 0; u <= t; u++) {
          row[u] /= sum;
          const float *v = qkv + (size_t)(b * T + u) * 3 * C + 2 * C + h * D;
          for (int d = 0; d < D; d++) out[d] += row[u] * v[d];
        }
      }
}

static void attention_backward(float *restrict dqkv, const float *restrict dy, const float *restrict p,
                               const float *restrict qkv) {
  const int D = C / H;
  const float scale = 1 / sqrtf(D);
  float *dp = malloc(sizeof(float) * T);
  memset(dqkv, 0, sizeof(float) * B * T * 3 * C);
  for (int b = 0; b < B; b++)
    for (int h = 0; h < H; h++)
      for (int t = 0; t < T; t++) {
        const float *row = p + ((size_t)(b * H + h) * T + t) * T, *g = dy + (size_t)(b * T + t) * C + h * D;
        const float *q = qkv + (size_t)(b * T + t) * 3 * C + h * D;
        float *dq = dqkv + (size_t)(b * T + t) * 3 * C + h * D, mean = 0;
        for (int u = 0; u <= t; u++) {
          const float *v = qkv + (size_t)(b * T + u) * 3 * C + 2 * C + h * D;
          float *dv = dqkv + (size_t)(b * T + u) * 3 * C + 2 * C + h * D, s = 0;
          for (int d = 0; d < D; d++) s += g[d] * v[d], dv[d] += row[u] * g[d];
          dp[u] = s, mean += s * row[u];
        }
        for (int u = 0; u <= t; u++) {
          const float ds = row[u] * (dp[u] - mean) * scale;
          const float *k = qkv + (size_t)(b * T + u) * 3 * C + C + h * D;
          float *dk = dqkv + (size_t)(b * T + u) * 3 * C + C + h * D;
          for (int d = 0; d < D; d++) dq[d] += ds * k[d], dk[d] += ds * q[d];
        }
      }
  free(dp);
}

#define GELU 0.7978845608f
static void gelu(float *restrict y, const float *restrict x, size_t n) {
  for (size_t i = 0; i < n; i++) y[i] = 0.5f * x[i] * (1 + tanhf(GELU * (x[i] + 0.044715f * x[i] * x[i] * x[i])));
}
static void gelu_backward(float *restrict d, const float *restrict x, size_t n) {
  for (size_t i = 0; i < n; i++) {
    const float t = tanhf(GELU * (x[i] + 0.044715f * x[i] * x[i] * x[i]));
    d[i] *= 0.5f * (1 + t) + 0.5f * x[i] * (1 - t * t) * GELU * (1 + 3 * 0.044715f * x[i] * x[i]);
  }
}

static void add(float *restrict y, const float *restrict a, const float *restrict b, size_t n) {
  for (size_t i = 0; i < n; i++) y[i] = a[i] + b[i];
}

/* Parameters of a layer: norm1 gain bias, qkv w b, out w b, norm2 gain bias, up w b, down w b. */
enum { G1, B1, WA, BA, WO, BO, G2, B2, WU, BU, WD, BD, PARTS };
static size_t size_of(int part) {
  const size_t c = C;
  return (size_t[]){c, c, 3 * c * c, 3 * c, c * c, c, c, c, 4 * c * c, 4 * c, 4 * c * c, c}[part];
}
typedef struct {
  float *tokens, *positions, *layers[64][PARTS], *gain, *bias;
} parameters;
static void point(parameters *p, float *at) {
  p->tokens = at, at += V * C, p->positions = at, at += S * C;
  for (int l = 0; l < L; l++)
    for (int i = 0; i < PARTS; i++) p->layers[l][i] = at, at += size_of(i);
  p->gain = at, p->bias = at + C;
}

typedef struct {
  float *x, *n1, *m1, *qkv, *p, *attended, *middle, *n2, *m2, *up, *active;
} pass;

static double seconds(clockid_t clock) {
  struct timespec t;
  clock_gettime(clock, &t);
  return t.tv_sec + 1e-9 * t.tv_nsec;
}

static void *read_all(const char *name, size_t bytes) {
  void *data = malloc(bytes);
  FILE *file = fopen(name, "rb");
  if (!file || fread(data, 1, bytes, file) != bytes) exit(1);
  fclose(file);
  return data;
}

int main(int count, char **given) {
  if (count != 10) return 1;
  int *sizes[] = {&L, &C, &H, &V, &S, &B, &T};
  for (int i = 0; i < 7; i++) *sizes[i] = atoi(given[3 + i]);
  size_t n = (size_t)V * C + S * C + 2 * C;
  for (int i = 0; i < PARTS; i++) n += L * size_of(i);
  float *weights = read_all(given[1], n * sizeof(float)), *slopes = zeros(n), *m = zeros(n), *v = zeros(n);
  const int *all = read_all(given[2], sizeof(int) * B * T);
  /* The last token of a text is only predicted. */
  const int texts = T;
  T--;
  const int rows = B * T;
  int *ids = malloc(sizeof(int) * rows), *targets = malloc(sizeof(int) * rows);
  for (int b = 0; b < B; b++)
    for (int t = 0; t < T; t++) ids[b * T + t] = all[b * texts + t], targets[b * T + t] = all[b * texts + t + 1];
  parameters w, d;
  point(&w, weights), point(&d, slopes);
  char *decays = calloc(n, 1);
  memset(decays, 1, (size_t)(V + S) * C);
  for (int l = 0; l < L; l++)
    for (int i = WA; i < PARTS; i++)
      if (i == WA || i == WO || i == WU || i == WD) memset(decays + (w.layers[l][i] - weights), 1, size_of(i));

  const size_t state = (size_t)rows * C;
  pass *f = calloc(L + 1, sizeof(pass));
  for (int l = 0; l <= L; l++)
    f[l] = (pass){zeros(state), zeros(state), zeros(2 * rows), zeros(3 * state), zeros((size_t)B * H * T * T), zeros(state),
                  zeros(state), zeros(state), zeros(2 * rows), zeros(4 * state), zeros(4 * state)};
  float *out = zeros(state), *moments = zeros(2 * rows), *logits = zeros((size_t)rows * V), *turned = zeros((size_t)V * C);
  float *dx = zeros(state), *dn = zeros(state), *dwide = zeros(4 * state);
  int step = 0, steps;
  while (scanf("%d", &steps) == 1) {
    const double wall = seconds(CLOCK_MONOTONIC), cpu = seconds(CLOCK_PROCESS_CPUTIME_ID);
    double losses[1000];
    for (int s = 0; s < steps; s++) {
      for (int i = 0; i < rows; i++) add(f[0].x + (size_t)i * C, w.tokens + ids[i] * C, w.positions + i % T * C, C);
      for (int l = 0; l < L; l++) {
        float **p = w.layers[l];
        pass *a = f + l;
        norm(a->n1, a->m1, a->x, p[G1], p[B1], rows);
        linear(a->qkv, a->n1, p[WA], p[BA], rows, C, 3 * C);
        attention(a->attended, a->p, a->qkv);
        linear(a->middle, a->attended, p[WO], p[BO], rows, C, C);
        for (size_t i = 0; i < state; i++) a->middle[i] += a->x[i];
        norm(a->n2, a->m2, a->middle, p[G2], p[B2], rows);
        linear(a->up, a->n2, p[WU], p[BU], rows, C, 4 * C);
        gelu(a->active, a->up, 4 * state);
        linear(a[1].x, a->active, p[WD], p[BD], rows, 4 * C, C);
        for (size_t i = 0; i < state; i++) a[1].x[i] += a->middle[i];
      }
      norm(out, moments, f[L].x, w.gain, w.bias, rows);
      for (int j = 0; j < V; j++)
        for (int c = 0; c < C; c++) turned[(size_t)c * V + j] = w.tokens[(size_t)j * C + c];
      linear(logits, out, turned, NULL, rows, C, V);
      double loss = 0;
      for (int i = 0; i < rows; i++) {
        float *z = logits + (size_t)i * V, top = z[0], sum = 0;
        for (int j = 1; j < V; j++) top = z[j] > top ? z[j] : top;
        const float own = z[targets[i]] - top;
        for (int j = 0; j < V; j++) z[j] = expf(z[j] - top), sum += z[j];
        for (int j = 0; j < V; j++) z[j] /= sum * rows;
        z[targets[i]] -= 1.0f / rows;
        loss += logf(sum) - own;
      }
      losses[s] = loss / rows;

      memset(slopes, 0, n * sizeof(float));
      float *dturned = calloc((size_t)V * C, sizeof(float));
      linear_backward(dn, dturned, NULL, logits, out, turned, rows, C, V);
      for (int j = 0; j < V; j++)
        for (int c = 0; c < C; c++) d.tokens[(size_t)j * C + c] += dturned[(size_t)c * V + j];
      free(dturned);
      memset(dx, 0, state * sizeof(float));
      norm_backward(dx, d.gain, d.bias, dn, f[L].x, moments, w.gain, rows);
      for (int l = L - 1; l >= 0; l--) {
        float **p = w.layers[l], **g = d.layers[l];
        pass *a = f + l;
        linear_backward(dwide, g[WD], g[BD], dx, a->active, p[WD], rows, 4 * C, C);
        gelu_backward(dwide, a->up, 4 * state);
        linear_backward(dn, g[WU], g[BU], dwide, a->n2, p[WU], rows, C, 4 * C);
        norm_backward(dx, g[G2], g[B2], dn, a->middle, a->m2, p[G2], rows);
        linear_backward(dn, g[WO], g[BO], dx, a->attended, p[WO], rows, C, C);
        attention_backward(dwide, dn, a->p, a->qkv);
        linear_backward(dn, g[WA], g[BA], dwide, a->n1, p[WA], rows, C, 3 * C);
        norm_backward(dx, g[G1], g[B1], dn, a->x, a->m1, p[G1], rows);
      }
      for (int i = 0; i < rows; i++)
        for (int c = 0; c < C; c++) {
          d.tokens[ids[i] * C + c] += dx[(size_t)i * C + c];
          d.positions[i % T * C + c] += dx[(size_t)i * C + c];
        }

      double square = 0;
      for (size_t i = 0; i < n; i++) square += (double)slopes[i] * slopes[i];
      const float limit = sqrt(square) > 1 ? 1 / (sqrt(square) + 1e-6) : 1, rate = 1e-3f;
      step++;
      const float first = rate / (1 - powf(0.9f, step)), second = sqrtf(1 - powf(0.999f, step));
      for (size_t i = 0; i < n; i++) {
        const float g = slopes[i] * limit;
        if (decays[i]) weights[i] *= 1 - rate * 0.1f;
        m[i] = 0.9f * m[i] + 0.1f * g, v[i] = 0.999f * v[i] + 0.001f * g * g;
        weights[i] -= first * m[i] / (sqrtf(v[i]) / second + 1e-8f);
      }
    }
    printf("{\"wall\":%.9f,\"cpu\":%.9f,\"tokens\":%d,\"losses\":[", seconds(CLOCK_MONOTONIC) - wall,
           seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu, steps * rows);
    for (int s = 0; s < steps; s++) printf("%s%.7f", s ? "," : "", losses[s]);
    puts("]}");
    fflush(stdout);
  }
}
