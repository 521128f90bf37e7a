/** Robots on the command line. Run `npm run build` first. */

import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ascent, ascentAlone, emptyPlace } from "./ascent-program.js";
import { root } from "./root.js";

const SMALL = ["--envs", "2", "--rollout-steps", "128", "--hidden", "8", "--epochs", "2", "--until", "end"];

function readJson(...path: string[]): { imports: { module: string }[]; result: { weightsSha256: string } } {
  return JSON.parse(readFileSync(join(...path), "utf8"));
}

describe("a robot is trained by its name", () => {
  it("then evaluated, drawn and resumed to the bits of a run that went on", async () => {
    const place = emptyPlace();
    const words = ["train", "ppo", "Hopper-v5", ...SMALL, "--final-learning-rate", "1", "--quiet"];
    const whole = await ascent([...words, "--steps", "1024", "--out", "whole"], place);
    const part = await ascentAlone([...words, "--steps", "512", "--out", "part"], place);
    expect([whole, part]).toMatchObject([{ code: 0 }, { code: 0 }]);
    expect(readJson(place, "part", "run.json").imports).toMatchObject([{ module: "ascent/mujoco" }]);
    const resumed = ["train", "--resume", "part", "--steps", "1024", "--until", "end", "--quiet"];
    expect(await ascent(resumed, place)).toMatchObject({ code: 0 });
    const [one, other] = ["whole", "part"].map((name) => readJson(place, name, "run.json").result.weightsSha256);
    expect(other).toBe(one);
    const played = await ascentAlone(["evaluate", "part", "--episodes", "2"], place);
    expect(played.stdout).toMatch(/policy on Hopper-v5, sampled actions, 2 episodes/);
    expect(await ascent(["record", "part", "--out", "hop.svg", "--max-steps", "20"], place)).toMatchObject({ code: 0 });
    expect(readFileSync(join(place, "hop.svg"), "utf8")).toContain("#3d6bb8");
  });

  it("or in a sweep that a file describes", async () => {
    const place = emptyPlace();
    const sweep = { algorithm: "ppo", env: "Reacher-v5", steps: 256, seeds: [0, 1], options: { hidden: [8] } };
    writeFileSync(join(place, "sweep.json"), JSON.stringify(sweep));
    expect(await ascent(["sweep", "sweep.json", "--quiet", "--out", "reach"], place)).toMatchObject({ code: 0 });
    expect(readJson(place, "reach", "sweep.json").imports).toMatchObject([{ module: "ascent/mujoco" }]);
  });
});

it("names are known without MuJoCo: in the list, and to the error about one that is nearly right", async () => {
  expect((await ascent(["list", "envs"])).stdout).toMatch(/HalfCheetah-v5 +1000 +4800 +Box\(-1, 1, \[6\]\)/);
  const { code, stderr } = await ascent(["train", "ppo", "HalfCheeta-v5"]);
  expect(code).toBe(2);
  expect(stderr).toContain('unknown environment "HalfCheeta-v5". Did you mean HalfCheetah-v5?');
});

describe("without the package", () => {
  const hook = `export const resolve = (name, context, next) => {
    if (name !== "@mujoco/mujoco") return next(name, context);
    throw Object.assign(new Error("Cannot find package '@mujoco/mujoco'"), { code: "ERR_MODULE_NOT_FOUND" });
  };`;
  const asUrl = (code: string): string => `data:text/javascript,${encodeURIComponent(code)}`;
  const register = `import { register } from "node:module"; register(${JSON.stringify(asUrl(hook))});`;
  const run = (...words: string[]) =>
    spawnSync(process.execPath, ["--import", asUrl(register), join(root, "dist/cli/main.js"), ...words], {
      cwd: emptyPlace(),
      encoding: "utf8",
    });

  it("training says which command installs it", () => {
    const { status, stderr } = run("train", "ppo", "HalfCheetah-v5");
    expect(stderr.replaceAll(/\s+/g, " ")).toContain("npm install @mujoco/mujoco@3.14.0");
    expect(status).toBe(2);
  });

  it("everything else works, help on the robot included", () => {
    expect(run("train", "ppo", "Ant-v5", "--help").stdout).toContain("--env.contact-cost-weight");
    expect(run("train", "--episodes", "2", "--quiet").status).toBe(0);
  });
});
