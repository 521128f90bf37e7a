/** Threads run the built program. Run `npm run build` first. */

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { threads } from "../src/node/threads/threads.js";
import { ascent, emptyPlace } from "./ascent-program.js";
import { root } from "./root.js";

/** A file of the run that `ascent train` leaves in a new folder. */
async function trained(words: readonly string[], file: string): Promise<string> {
  const out = emptyPlace();
  expect(await ascent(["train", "ppo", ...words, "--quiet", "--out", out])).toMatchObject({ code: 0 });
  return readFileSync(join(out, file)).toString("latin1");
}

it.each(["Acrobot-v1", "LunarLander-v3", "Hopper-v5"])(
  "%s leaves the same checkpoint with 1, 2 or 3 workers",
  async (env) => {
    const small = [env, "--steps", "1024", "--rollout-steps", "64", "--hidden", "16", "--epochs", "2"];
    const checkpoints: string[] = [];
    for (const workers of ["1", "2", "3"])
      checkpoints.push(await trained([...small, "--workers", workers], "checkpoint.safetensors"));
    expect(new Set(checkpoints).size).toBe(1);
  },
);

it("the numbers in info reach the log from every worker", async () => {
  const small = ["Bandit-v0", "--steps", "512", "--envs", "4", "--rollout-steps", "64", "--hidden", "8"];
  const log = await trained([...small, "--workers", "1"], "metrics.jsonl");
  expect(log).toMatch(/"info":\{"regret":\d\.\d+\}/);
  expect(await trained([...small, "--workers", "3"], "metrics.jsonl")).toBe(log);
});

/** The output of `programs/failing-workers.mjs`, which ends although its threads are not closed. */
function run(args: readonly string[], flags: readonly string[] = []): unknown {
  const program = join(root, "test/programs/failing-workers.mjs");
  const { stdout, stderr } = spawnSync(process.execPath, [...flags, program, ...args], {
    encoding: "utf8",
    timeout: 30_000,
  });
  return stdout === "" ? stderr : JSON.parse(stdout);
}

it("an error of an environment in a worker ends the run with its message, and the last checkpoint can be resumed without workers", () => {
  const end = "EnvironmentError: step() of environment 4 threw at step 60: the motor is on fire";
  expect(run(["Cart-throws", "all"])).toEqual({ end, later: true });
});

it("a worker that exits ends the run with its exit code, and the last checkpoint can be resumed without workers", () => {
  const end = "the worker of environments 4 to 7 died: it ended with exit code 3. The last checkpoint is still good";
  expect(run(["Cart-exits", "all"])).toEqual({ end: `EnvironmentError: ${end}`, later: true });
});

it("an environment that loops for ever in a worker ends the run, and the last checkpoint can be resumed without workers", () => {
  const end =
    "step() of environment 4, in worker 1, did not return within 0.4 s, the step time-out. The last checkpoint is still good";
  expect(run(["Cart-loops", "all", "0.4"])).toEqual({ end: `EnvironmentError: ${end}`, later: true });
});

it.each([
  ["here", 0, 4],
  ["there", 4, 0],
])("copies of which only those %s have masks are refused", (where, masked, without) => {
  const given = `"copy ${masked} with actionMask and copy ${without} without"`;
  const allowed = "copies of one environment: all have masks or none has";
  expect(run([`Cart-masked-${where}`, "all"])).toEqual({
    end: `ConfigError: create: got ${given}, allowed is ${allowed}`,
    later: false,
  });
});

it("the step time-out is for one call of one environment: four steps of 0.3 s in a worker are in time", () => {
  expect(run(["Cart-rests", "all", "0.8"])).toEqual({ end: "finished", later: false });
});

it("options that don't exist, and null, are refused", () => {
  const misspelt: object = { stepTimeOut: 5 };
  expect(() => threads(2, misspelt)).toThrow(
    "stepTimeOut: got 5, allowed is only modules, stepTimeout. Did you mean stepTimeout?",
  );
  expect(() => threads(2, null as unknown as object)).toThrow("options: got null, allowed is an object of options");
});

it("a step time-out below zero is refused", () => {
  expect(() => threads(2, { stepTimeout: -1 })).toThrow("stepTimeout: got -1, allowed is a number from 0 to 1000000");
});

it("the error about an environment that is not registered in a worker names the option that registers it", () => {
  expect(run(["Cart-never", "none"])).toMatchObject({
    end: expect.stringContaining("named in the option modules"),
    later: false,
  });
});

it("flags of Node for the whole process are accepted", () => {
  expect(run(["Cart-never", "all"], ["--max-old-space-size=500", "--expose-gc"])).toEqual({
    end: "finished",
    later: false,
  });
});

describe("a run that is saved in mid-batch with 2 workers", () => {
  const program = join(root, "test/programs/resumed-workers.mjs");
  const small = { envs: 8, rolloutSteps: 20, hidden: [8], epochs: 2, minibatchSize: 40, normaliseObservations: false };
  const cases: [env: string, options: object][] = [
    ["CartPole-v1", {}],
    ["MountainCarContinuous-v0", { continuous: "squashed-gaussian" }],
    ["MountainCarContinuous-v0", { continuous: "state-dependent", noiseSteps: 5 }],
    ["Pendulum-v1", { normaliseObservations: true, scaleRewards: true }],
  ];
  const given = JSON.stringify(cases.map(([env, options]) => ({ env, options: { ...small, ...options } })));
  let digests: string[][];

  beforeAll(() => {
    const { stdout, stderr } = spawnSync(process.execPath, [program, given], { encoding: "utf8", timeout: 120_000 });
    expect(stderr).toBe("");
    digests = JSON.parse(stdout);
  });

  it.each(cases.map(([env, options], i) => ({ env, options, i })))(
    "goes on with 3, 1 and 2 as if never interrupted: $env, $options",
    ({ i }) => {
      expect(digests[i]).toEqual(Array(5).fill(digests[i][0]));
    },
  );

  it("is another run in each case", () => {
    expect(new Set(digests.flat()).size).toBe(cases.length);
  });
});
