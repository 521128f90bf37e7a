/** Seconds since whoever started this process did so ($BENCH_STARTED), or since the process itself says it began. */
export function sinceStart() {
  const { BENCH_STARTED } = process.env;
  const started = BENCH_STARTED === undefined ? performance.timeOrigin / 1000 : Number(BENCH_STARTED);
  return Date.now() / 1000 - started;
}
