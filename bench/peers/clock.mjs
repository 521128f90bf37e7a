/** Seconds since the parent started this process ($BENCH_STARTED), or since the process began by its own clock. */
export function sinceStart() {
  const { BENCH_STARTED } = process.env;
  const started = BENCH_STARTED === undefined ? performance.timeOrigin / 1000 : Number(BENCH_STARTED);
  return Date.now() / 1000 - started;
}
