/** An environment whose 600th step loops for ever, after it has said so. */
import { writeSync } from "node:fs";
import { make, register } from "../../dist/envs/index.js";

register({
  id: "Stuck-v0",
  create() {
    const env = make("CartPole-v1");
    let steps = 0;
    const step = (action) => {
      if (++steps === 600) {
        writeSync(1, "never to return");
        for (;;);
      }
      return env.step(action);
    };
    return { ...env, step };
  },
});
