import { readFileSync } from "node:fs";

/**
 * Seconds per call of `work`: the median of `batches`, each long enough for the clock, after a warm-up.
 * `work` may return a promise.
 */
export async function secondsPerCall(work, { warmup = 0.5, batches = 15, batchSeconds = 0.06 } = {}) {
  const now = () => performance.now() / 1000;
  const timed = async (calls) => {
    const start = now();
    for (let i = 0; i < calls; i++) {
      const pending = work(i);
      if (pending instanceof Promise) await pending;
    }
    return now() - start;
  };
  const end = now() + warmup;
  let calls = 1;
  let taken = await timed(1);
  while (now() < end || taken < batchSeconds / 2) {
    if (taken < batchSeconds / 2) calls *= 2;
    taken = await timed(calls);
  }
  calls = Math.max(1, Math.round((calls * batchSeconds) / taken));
  const perCall = [];
  for (let i = 0; i < batches; i++) perCall.push((await timed(calls)) / calls);
  return median(perCall);
}

export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Prints the result of a contestant as one line of JSON, which race.mjs reads. */
export function report(result) {
  console.log(JSON.stringify(result));
}

/** The version of a rival that bench/package.json installed. */
export function installedVersion(name) {
  return JSON.parse(readFileSync(new URL(`node_modules/${name}/package.json`, import.meta.url), "utf8")).version;
}
