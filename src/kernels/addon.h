/* The Node-API side of the native kernels. The wrappers are generated from the kernels' prototypes. */
#include <node_api.h>
#include <stdlib.h>
#include <string.h>
#include "lanes.h"

/* The start of the kernels' memory, which is the WebAssembly memory's buffer. Each Node thread has its own memory. */
static _Thread_local char *heap;

#define ARGUMENTS(count)                                                                                                   \
  napi_value arguments[count];                                                                                             \
  size_t given = count;                                                                                                    \
  napi_get_cb_info(env, info, &given, arguments, NULL, NULL)

static inline f32 *pointer_of(napi_env env, napi_value value) {
  u32 offset = 0;
  napi_get_value_uint32(env, value, &offset);
  return offset ? (f32 *)(heap + offset) : NULL;
}

static inline i32 integer_of(napi_env env, napi_value value) {
  i32 number = 0;
  napi_get_value_int32(env, value, &number);
  return number;
}

static inline f64 real_of(napi_env env, napi_value value) {
  f64 number = 0;
  napi_get_value_double(env, value, &number);
  return number;
}

#define POINTER(j) pointer_of(env, arguments[j])
#define INTEGER(j) integer_of(env, arguments[j])
#define REAL(j) real_of(env, arguments[j])
#define RETURN_F64(call)                                                                                                   \
  napi_value result;                                                                                                       \
  napi_create_double(env, call, &result);                                                                                  \
  return result
#define RETURN_I32(call)                                                                                                   \
  napi_value result;                                                                                                       \
  napi_create_int32(env, call, &result);                                                                                   \
  return result

static int can_run(const char *name) {
#if defined(__x86_64__)
  if (!strcmp(name, "avx512"))
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq") &&
           __builtin_cpu_supports("avx512bw");
  if (!strcmp(name, "avx2")) return __builtin_cpu_supports("avx2");
  if (!strcmp(name, "fast_avx512")) return can_run("avx512") && __builtin_cpu_supports("fma");
  if (!strcmp(name, "fast_avx2")) return can_run("avx2") && __builtin_cpu_supports("fma");
#elif defined(__aarch64__)
  if (!strcmp(name, "fast_baseline")) return 1;
#endif
  return !strcmp(name, "baseline");
}
