/**
 * `node bench/gemm/ours.mjs TREE`: the kernel of a built tree. Answers each line of its input, a product of
 * shapes.mjs, by a burst of calls: 10⁹ operations in a second, and in a second of processor time. ASCENT_BACKEND
 * chooses the build.
 */
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const load = (name) => import(pathToFileURL(join(resolve(process.argv[2]), "dist", name)).href);
const { address, allocate } = await load("kernels/heap.js");
const { kernels } = await load("kernels/kernels.js");
const memory = await load("kernels/memory.js");

/** A burst takes about so many seconds, or one call. */
const BURST = 0.006;
const prepared = new Map();

/** Normal numbers of both signs: zeros would hide the cost of denormal ones, and powers of two would round nothing. */
function block(n) {
  const made = allocate(4 * n);
  memory.f32.set(
    Float32Array.from({ length: n }, (_, i) => ((i * 7919) % 2003) / 1001 - 1),
    address(made) >>> 2,
  );
  return made;
}

function prepare({ kind, m, k, n }) {
  const [x, w, y] = [block(m * k), block(k * n), block(m * n)];
  const work = {
    forward: () => kernels.gemm(address(y), address(x), address(w), m, n, k, k, 1, n, 1, 0),
    inputs: () => kernels.gemm(address(x), address(y), address(w), m, k, n, n, 1, 1, n, 0),
    weights: () => kernels.gemm(address(w), address(x), address(y), k, n, m, 1, k, n, 1, 0),
  }[kind];
  let calls = 1;
  for (;;) {
    const start = performance.now();
    for (let i = 0; i < calls; i++) work();
    const seconds = (performance.now() - start) / 1000;
    if (seconds > BURST / 2) return { work, calls: Math.max(1, Math.round((calls * BURST) / seconds)) };
    calls *= 2;
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const shape = JSON.parse(line);
  if (!prepared.has(line)) {
    prepared.clear();
    prepared.set(line, prepare(shape));
  }
  const { work, calls } = prepared.get(line);
  // The others have had the caches since the last burst.
  for (let i = 0; i < calls / 8; i++) work();
  const cpu = process.cpuUsage();
  const start = performance.now();
  for (let i = 0; i < calls; i++) work();
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const gigas = 2e-9 * shape.m * shape.k * shape.n * calls;
  console.log(JSON.stringify({ wall: gigas / seconds, cpu: (gigas / (user + system)) * 1e6 }));
}
