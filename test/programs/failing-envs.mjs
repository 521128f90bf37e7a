/** Environments that fail in a worker only, after some steps: imported by the program of the test and by each worker. */
import { isMainThread } from "node:worker_threads";
import { make, register } from "../../dist/envs/index.js";

const failures = {
  throws: () => {
    throw new Error("the motor is on fire");
  },
  exits: () => process.exit(3),
  never: () => undefined,
  loops: () => {
    for (;;);
  },
  rests: () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300),
};
for (const [name, fail] of Object.entries(failures)) {
  const create = () => {
    const env = make("CartPole-v1");
    let steps = 0;
    const step = (action) => {
      if (!isMainThread && ++steps === 60) fail();
      return env.step(action);
    };
    return { ...env, step };
  };
  register({ id: `Cart-${name}`, create });
}

/** Copies of which only those of the main thread, or only those of a worker, have masks. */
const all = () => new Uint8Array([1, 1]);
register({
  id: "Cart-masked-here",
  create: () => ({ ...make("CartPole-v1"), ...(isMainThread && { actionMask: all }) }),
});
register({
  id: "Cart-masked-there",
  create: () => ({ ...make("CartPole-v1"), ...(!isMainThread && { actionMask: all }) }),
});
