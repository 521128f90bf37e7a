/*
 * Threads for the native kernels. A job is split by rows, columns or other units, and each is computed as one thread would
 * compute it, so the number of threads does not change a bit.
 *
 * A small network takes a few tens of microseconds, about as long as waking a thread. So a helper polls for the next
 * job for a while before it sleeps, and the calling thread computes every part that no helper has begun.
 */
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>

#if defined(__x86_64__)
#define LOOK_AGAIN __builtin_ia32_pause()
#elif defined(__aarch64__)
#define LOOK_AGAIN __asm__ volatile("yield")
#else
#define LOOK_AGAIN
#endif

#define MOST_THREADS 64
/* Polls before a helper sleeps: about 100 microseconds, longer than the time between two layers. */
#define LOOKS 4000
/* The number of rows for which another thread pays. */
#define ROWS_WORTH_IT 32
/* Bytes of a helper's stack, which has to hold the blocks of gemm.h; some systems give less. */
#define HELPER_STACK (2 << 20)

/* Computes the rows or columns from `from` up to `to`. */
typedef void (*range_of)(const void *job, i32 from, i32 to);

static struct {
  /* Held while a job runs. If several Node threads compute at once, only one of them has helpers. */
  atomic_flag taken;
  i32 threads, started;
  range_of work;
  const void *job;
  i32 from, to, part;
  /* The job's number << 16, its number of parts << 8, and the next part to take. */
  _Atomic u64 turn;
  _Atomic i32 left, asleep;
  pthread_mutex_t door;
  pthread_cond_t knock;
} pool = {.taken = ATOMIC_FLAG_INIT, .threads = 1, .started = 1, .door = PTHREAD_MUTEX_INITIALIZER, .knock = PTHREAD_COND_INITIALIZER};

static inline i32 has_parts(u64 turn) { return (turn & 0xff) < (turn >> 8 & 0xff); }

/* Takes parts of the current job until none is left. */
static void take_parts(void) {
  u64 turn = atomic_load_explicit(&pool.turn, memory_order_acquire);
  while (has_parts(turn)) {
    /* The job cannot end while this thread holds a part of it, so the fields read below belong to the same job. */
    if (!atomic_compare_exchange_weak_explicit(&pool.turn, &turn, turn + 1, memory_order_acq_rel, memory_order_acquire)) continue;
    const i32 from = pool.from + (i32)(turn & 0xff) * pool.part, to = from + pool.part;
    pool.work(pool.job, from, to < pool.to ? to : pool.to);
    atomic_fetch_sub_explicit(&pool.left, 1, memory_order_acq_rel);
    turn = atomic_load_explicit(&pool.turn, memory_order_acquire);
  }
}

static void *help(void *nothing) {
  for (;;) {
    for (i32 looks = 0; looks < LOOKS && !has_parts(atomic_load_explicit(&pool.turn, memory_order_relaxed)); looks++) {
      LOOK_AGAIN;
      /* Another thread may need this core, most likely the JavaScript compiler. */
      if (looks % 64 == 63) sched_yield();
    }
    if (!has_parts(atomic_load(&pool.turn))) {
      pthread_mutex_lock(&pool.door);
      atomic_fetch_add(&pool.asleep, 1);
      while (!has_parts(atomic_load(&pool.turn))) pthread_cond_wait(&pool.knock, &pool.door);
      atomic_fetch_sub(&pool.asleep, 1);
      pthread_mutex_unlock(&pool.door);
    }
    take_parts();
  }
  return nothing;
}

/* Splits rows evenly among the threads, in whole tiles; a few rows stay in one part. */
static i32 part_of_rows(i32 rows) {
  const i32 tiles = (rows + 15) / 16, part = (tiles + pool.threads - 1) / pool.threads * 16;
  return part < ROWS_WORTH_IT ? rows : part;
}

/* Splits units of work into a few parts for each thread, so that a thread that starts late holds up little. */
static i32 part_of_units(i32 units) {
  const i32 parts = 4 * pool.threads;
  return (units + parts - 1) / parts;
}

/* Runs a job in parts of the given size, on as many threads as there are parts. */
static void share(range_of work, const void *job, i32 from, i32 to, i32 part) {
  const i32 parts = part > 0 ? (to - from + part - 1) / part : 1;
  if (pool.threads < 2 || parts < 2 || parts > 255 || atomic_flag_test_and_set_explicit(&pool.taken, memory_order_acquire)) {
    work(job, from, to);
    return;
  }
  pool.work = work, pool.job = job, pool.from = from, pool.to = to, pool.part = part;
  atomic_store_explicit(&pool.left, parts, memory_order_relaxed);
  const u64 last = atomic_load_explicit(&pool.turn, memory_order_relaxed);
  atomic_store(&pool.turn, ((last >> 16) + 1) << 16 | (u64)parts << 8);
  if (atomic_load(&pool.asleep) > 0) {
    pthread_mutex_lock(&pool.door);
    pthread_cond_broadcast(&pool.knock);
    pthread_mutex_unlock(&pool.door);
  }
  take_parts();
  while (atomic_load_explicit(&pool.left, memory_order_acquire) > 0) LOOK_AGAIN;
  atomic_flag_clear_explicit(&pool.taken, memory_order_release);
}

/* Sets the number of threads, including the calling one. Returns the number that there are. */
static i32 use_threads(i32 wanted) {
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  pthread_attr_setstacksize(&attributes, HELPER_STACK);
  pthread_t thread;
  while (pool.started < wanted && pool.started < MOST_THREADS && !pthread_create(&thread, &attributes, help, NULL)) pool.started++;
  pthread_attr_destroy(&attributes);
  return pool.threads = wanted < pool.started ? wanted : pool.started;
}

/* The network kernels (network.h): forward and slopes split by rows, gradients of the weights by columns. */
struct network_job { f32 *plan; i32 m; };
static void forward_rows(const void *job, i32 from, i32 to) { k.network_forward(((const struct network_job *)job)->plan, from, to); }
static void slope_rows(const void *job, i32 from, i32 to) { k.network_slopes(((const struct network_job *)job)->plan, from, to); }
static void weight_units(const void *job, i32 from, i32 to) {
  const struct network_job *j = job;
  k.network_weights(j->plan, j->m, from, to);
}
static void shared_network_forward(f32 *plan, i32 from, i32 to) {
  const struct network_job job = {plan, to};
  share(forward_rows, &job, from, to, part_of_rows(to - from));
}
static void shared_network_slopes(f32 *plan, i32 from, i32 to) {
  const struct network_job job = {plan, to};
  share(slope_rows, &job, from, to, part_of_rows(to - from));
}
static void shared_network_weights(f32 *plan, i32 m, i32 from, i32 to) {
  const struct network_job job = {plan, m};
  /* A few parts for each thread, because layers take different times. */
  const i32 parts = 4 * pool.threads;
  share(weight_units, &job, from, to, m < 2 * ROWS_WORTH_IT ? to - from : (to - from + parts - 1) / parts);
}

/* A step of a language model (decode.h): split by rows, each through all layers. */
struct decode_job { f32 *logits, *work, *plan, *ids, *slots; i32 position; f32 eps; };
static void decode_rows(const void *job, i32 from, i32 to) {
  const struct decode_job *j = job;
  k.decode(j->logits, j->work, j->plan, j->ids, j->slots, j->position, j->eps, from, to);
}
static void shared_decode(f32 *logits, f32 *work, f32 *plan, f32 *ids, f32 *slots, i32 position, f32 eps, i32 from, i32 to) {
  const struct decode_job job = {logits, work, plan, ids, slots, position, eps};
  share(decode_rows, &job, from, to, part_of_rows(to - from));
}
