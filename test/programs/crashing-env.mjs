// An environment whose process ends in the middle of a run: every time for some seeds of it, and once for the others.
import { existsSync, writeFileSync } from "node:fs";
import { register } from "../../dist/envs/index.js";
import { box, discrete } from "../../dist/spaces/index.js";

const once = process.env.CRASHED_ONCE;

function crashing(always) {
  let steps = 0;
  const observation = Float32Array.of(0);
  return {
    observationSpace: box({ low: -1, high: 1, shape: [1] }),
    actionSpace: discrete(2),
    reset: () => ({ observation, info: {} }),
    step: () => {
      if (++steps === 50 && (always || !existsSync(once))) {
        if (!always) writeFileSync(once, "");
        process.kill(process.pid, "SIGKILL");
      }
      return { observation, reward: 1, terminated: steps % 10 === 0, truncated: false, info: {} };
    },
    snapshot: () => steps,
    restore: (saved) => {
      steps = saved;
    },
  };
}

register({ id: "CrashesOnce-v0", create: () => crashing(false), summary: "ends its process once" });
register({ id: "CrashesAlways-v0", create: () => crashing(true), summary: "ends its process every time" });
