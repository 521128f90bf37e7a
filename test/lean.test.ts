import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { root } from "./root.js";

/** The output of a program in a process of its own, where nothing is registered yet. The library must be built. */
function outputOf(program: string): string {
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", program], {
    cwd: root,
    encoding: "utf8",
  });
  return stdout + stderr;
}

const imports = `import { ppo } from "ascent/algorithms";
import { cartPole } from "ascent/envs";
import * as lean from "ascent/lean";
import * as whole from "ascent";
const config = { algorithm: "ppo", env: "CartPole-v1", seed: 2, steps: 2048 };
function finished(run) { for (const _ of run); return run; }
`;

describe("the lean door", () => {
  it("knows only what is registered", () => {
    expect(outputOf(`${imports} lean.make("CartPole-v1")`)).toContain(
      'env: got "CartPole-v1", allowed is the id of an environment that was',
    );
  });

  it("gives the weights and the checkpoints of the whole library, which both can resume", () => {
    const program = `${imports}
      lean.register(cartPole);
      lean.registerAlgorithm(ppo);
      const run = finished(lean.train(config));
      const same = finished(whole.train(config));
      lean.register(cartPole);
      const again = [lean.resume(same.checkpoint()), whole.resume(run.checkpoint())];
      console.log(new Set([run, same, ...again].map((one) => one.result().weightsSha256)).size, whole.listEnvs().length > 10);`;
    expect(outputOf(program)).toBe("1 true\n");
  });
});
