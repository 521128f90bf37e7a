/** `ascent doctor` in the built program. Run `npm run build` first. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { startRun } from "../src/node/index.js";
import { train } from "../src/training/train.js";
import { ascent, emptyPlace } from "./ascent-program.js";
import { root } from "./root.js";

const place = emptyPlace();
const cancelling = { returns: "whole-episode", baseline: "none", normalise: "episode", hidden: [8] } as const;
const sick = startRun(train({ episodes: 50, options: cancelling }), { out: join(place, "runs/sick") });
for (const _ of sick);
sick.close("finished");
const fresh = startRun(train({ algorithm: "ppo", steps: 500, options: { hidden: [8] } }), {
  out: join(place, "fresh"),
});
for (const _ of fresh);
fresh.close("finished");

describe("ascent doctor", () => {
  test.concurrent("finds what is wrong with a run, and ends with code 1", async () => {
    const { code, stdout } = await ascent(["doctor", "sick"], place);
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /^error gradient-zero\n {2}the gradient was 0 in all 50 updates\n[\s\S]*^ {2}npx ascent train /m,
    );
    expect(stdout).toMatch(/\d errors?, \d warnings?, \d notes?\. docs\/doctor\.md explains each\.\n$/);
  });

  test.concurrent("prints the same as JSON", async () => {
    const { code, stdout } = await ascent(["doctor", "sick", "--json"], place);
    const { findings, examination } = JSON.parse(stdout);
    expect(code).toBe(1);
    expect(findings.map((finding: { code: string }) => finding.code)).toContain("gradient-zero");
    expect(examination.drawn.returns).toHaveLength(20);
  });

  test.concurrent("finds no error in a run that is merely young", async () => {
    const { code, stdout } = await ascent(["doctor", "fresh"], place);
    expect(code).toBe(0);
    expect(stdout).toContain("0 errors, ");
  });

  test.concurrent("measures an environment, and draws it", async () => {
    const { code, stdout } = await ascent(["doctor", "env", "CartPole-v1"], place);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Random policy +20 episodes: 20 terminated, 0 truncated, 0 stopped after 1,000 steps$/m);
    expect(stdout).toMatch(/^Length +2\d\.\d+, from \d+ to \d+$/m);
    expect(stdout).toMatch(/[⠁-⣿]{5}/);
  });

  test.concurrent("ends with code 1 for an environment that breaks the contract", async () => {
    const built = (name: string): string => JSON.stringify(join(root, "dist", name));
    writeFileSync(
      join(place, "dice.mjs"),
      `import { register } from ${built("index.js")};
import { box, discrete } from ${built("spaces/index.js")};
const result = () => ({ observation: Float32Array.of(Math.random()), info: {} });
const step = () => ({ ...result(), reward: 0, terminated: true, truncated: false });
const create = () => ({ observationSpace: box({ low: 0, high: 1, shape: [1] }), actionSpace: discrete(2), reset: result, step });
register({ id: "Dice-v0", create });
`,
    );
    const { code, stdout } = await ascent(["doctor", "env", "./dice.mjs:Dice-v0"], place);
    expect(code).toBe(1);
    expect(stdout).toContain("error env-hidden-randomness");
    expect(stdout).not.toContain("Random policy");
  });

  test.concurrent("probes an algorithm, and says what a failure means", async () => {
    const line = "doctor algorithm a2c --hidden 4 --value-coefficient 0 --probe constant-reward,memory --policy mlp";
    const { code, stdout } = await ascent(line.split(" "), place);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^constant-reward {2}failed +V\(s\) = \S+ +1 ± 0\.1$/m);
    expect(stdout).toMatch(/^failed constant-reward\n {2}World: one state.*\n {2}V does not learn even one number/m);
    expect(stdout).toMatch(/^ {2}Look at: The value loss/m);
    expect(Math.max(...stdout.split("\n").map(({ length }) => length))).toBeLessThanOrEqual(80);
  });

  test.concurrent("probes an algorithm of a module, and prints the results as JSON", async () => {
    writeFileSync(
      join(place, "mine.mjs"),
      `import { registerAlgorithm, algorithmEntry } from ${JSON.stringify(join(root, "dist/algorithms/index.js"))};
registerAlgorithm({ ...algorithmEntry("a2c"), name: "mine" });
`,
    );
    const line = "doctor algorithm ./mine.mjs:mine --hidden 16 --probe constant-reward --json";
    const { code, stdout } = await ascent(line.split(" "), place);
    const { algorithm, results } = JSON.parse(stdout);
    expect([code, algorithm]).toEqual([0, "mine"]);
    expect(results).toMatchObject([{ probe: "constant-reward", outcome: "passed", checks: [{ of: "V(s)" }] }]);
  });

  test.concurrent.each([
    ["doctor algorithm", /which algorithm\? Usage: ascent doctor algorithm/],
    ["doctor algorithm pp", /unknown algorithm "pp"\. Did you mean ppo\?/],
    ["doctor algorithm ppo --gama 1", /Did you mean --gamma\?/],
    ["doctor algorithm ppo --probe tme-limit", /--probe: got "tme-limit".*Did you mean time-limit\?/],
    ["doctor env", /which environment\? Usage: ascent doctor/],
    ["doctor env CartPol-v1", /Did you mean CartPole-v1\?/],
    ["doctor sick fresh", /"fresh" is one word too many/],
    ["doctor sic", /run: got "sic".*Did you mean sick\?/],
  ])("ascent %s is misuse", async (line, message) => {
    const { code, stderr } = await ascent(line.split(" "), place);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });
});
