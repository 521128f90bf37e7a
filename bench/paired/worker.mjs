/** `node bench/paired/worker.mjs TREE WORK`: does one block for each line of its input, and prints the seconds it took. */
import { createInterface } from "node:readline";
import { WORKS } from "./works.mjs";

const [tree, name] = process.argv.slice(2);
const { create, warmup = 0 } = WORKS[name];
const { block, check, prepare } = await create(tree);
for (let i = 0; i < warmup; i++) {
  prepare?.();
  block();
}
const say = (message) => process.stdout.write(`${JSON.stringify(message)}\n`);
say("ready");
for await (const line of createInterface({ input: process.stdin })) {
  if (line === "check") {
    say(check());
    break;
  }
  prepare?.();
  const start = performance.now();
  block();
  say((performance.now() - start) / 1000);
}
