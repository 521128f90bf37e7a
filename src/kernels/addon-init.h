/*
 * The addon's own functions, below the generated wrappers: attach(buffer), chooseSet(name), chooseThreads(count), and
 * what the machine supports.
 */

static napi_value attach(napi_env env, napi_callback_info info) {
  ARGUMENTS(1);
  void *data = NULL;
  size_t length = 0;
  napi_get_arraybuffer_info(env, arguments[0], &data, &length);
  heap = data;
  return NULL;
}

/* Chooses an instruction set by name, for all threads. Returns whether this machine has it. */
static napi_value choose_set(napi_env env, napi_callback_info info) {
  ARGUMENTS(1);
  char name[16] = {0};
  size_t length;
  napi_get_value_string_utf8(env, arguments[0], name, sizeof name, &length);
  napi_value result;
  napi_get_boolean(env, can_run(name) && use_set(name), &result);
  return result;
}

/* Sets the number of threads, including the calling one. Returns the number that there are. */
static napi_value choose_threads(napi_env env, napi_callback_info info) {
  ARGUMENTS(1);
  RETURN_I32(use_threads(INTEGER(0)));
}

static void define(napi_env env, napi_value target, const char *name, napi_callback call) {
  napi_value function;
  napi_create_function(env, name, NAPI_AUTO_LENGTH, call, NULL, &function);
  napi_set_named_property(env, target, name, function);
}

NAPI_MODULE_INIT() {
  napi_value kernels, name;
  use_set(best_set());
  napi_create_object(env, &kernels);
  for (size_t j = 0; j < sizeof wrapped / sizeof *wrapped; j++) define(env, kernels, wrapped[j].name, wrapped[j].call);
  napi_set_named_property(env, exports, "kernels", kernels);
  define(env, exports, "attach", attach);
  define(env, exports, "chooseSet", choose_set);
  define(env, exports, "chooseThreads", choose_threads);
  napi_create_string_utf8(env, best_set(), NAPI_AUTO_LENGTH, &name);
  napi_set_named_property(env, exports, "bestSet", name);
  return exports;
}
