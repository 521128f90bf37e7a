/**
 * `node bench/gemm/peak.mjs MODULE`: the peak of WebAssembly's 128-bit vectors without fused multiply-add, from
 * peak.c. Answers each line of its input by a burst: 10⁹ operations in a second, and in a second of processor time.
 */
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";

const ROUNDS = 100_000;
const { instance } = await WebAssembly.instantiate(readFileSync(process.argv[2]), {});
const { apart } = instance.exports;
// Until V8's optimising compiler has compiled it.
for (let i = 0; i < 20; i++) apart(ROUNDS, 0.001);

for await (const _ of createInterface({ input: process.stdin })) {
  const cpu = process.cpuUsage();
  const start = performance.now();
  apart(ROUNDS, 0.001);
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const gigas = 1e-9 * ROUNDS * 24 * 4;
  console.log(JSON.stringify({ wall: gigas / seconds, cpu: (gigas / (user + system)) * 1e6 }));
}
