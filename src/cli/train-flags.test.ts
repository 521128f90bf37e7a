import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startRun } from "../node/start-run.js";
import { trainNamed } from "../training/train.js";
import type { NamedConfig } from "../training/types.js";
import { tokenise } from "./tokens.js";
import { asTyped, trainFlags } from "./train-flags.js";
import { type NewRun, type ResumedRun, readTrainRequest } from "./train-request.js";

const request = (line: string): Promise<NewRun | ResumedRun> =>
  readTrainRequest({ tokens: tokenise(line.split(" ")), imports: [] });

async function configOf(line: string): Promise<NamedConfig> {
  const read = await request(line);
  if ("resume" in read) throw new Error("this is a resumed run");
  return read.config;
}

test("a run may be limited in episodes, in steps, or in both", async () => {
  const config = await configOf("ppo --steps 5000");
  expect(config).toMatchObject({ algorithm: "ppo", steps: 5000 });
  expect(config).not.toHaveProperty("episodes");
  expect(await configOf("ppo --steps 5000 --episodes 9")).toMatchObject({ steps: 5000, episodes: 9 });
  expect(["steps", "options.learningRate", "envOptions.maxEpisodeSteps", "env"].map(asTyped)).toEqual([
    "--steps",
    "--learning-rate",
    "--env.max-episode-steps",
    "env",
  ]);
});

test("a flag that is a switch of one algorithm and a choice of another is read as the chosen algorithm declares it", async () => {
  const batch = { algorithm: "ppo", options: { normaliseAdvantages: "batch" } };
  expect(await configOf("ppo --normalise-advantages batch CartPole-v1")).toMatchObject({
    ...batch,
    env: "CartPole-v1",
  });
  expect(await configOf("--normalise-advantages batch ppo Acrobot-v1")).toMatchObject({ ...batch, env: "Acrobot-v1" });
  const on = { algorithm: "actor-critic", options: { normaliseAdvantages: true } };
  expect(await configOf("actor-critic --normalise-advantages Acrobot-v1")).toMatchObject({ ...on, env: "Acrobot-v1" });
});

test("the value of a flag is not taken for a name", async () => {
  expect(await request("--out ppo CartPole-v0")).toMatchObject({
    config: { algorithm: "reinforce", env: "CartPole-v0" },
    out: "ppo",
  });
});

test("the error about an unknown flag lists only the flags of the chosen algorithm and environment", async () => {
  const message = await configOf("ppo Pendulum-v1 --clip-rnge 0.1").catch((error: Error) => error.message);
  expect(message).toMatch(
    /^--clip-rnge is not an option of ascent train ppo Pendulum-v1\. Did you mean --clip-range\?\n/,
  );
  expect(message).toMatch(/Allowed: --preset --seed .* --clip-range .* --env\.g .*--import$/);
  expect(message).not.toMatch(/--baseline |--env\.gravity/);
});

test("the error about words in the wrong order says the right one", async () => {
  await expect(configOf("LunarLander-v3 ppo")).rejects.toThrow(
    /^the algorithm comes first: ascent train ppo LunarLander-v3$/,
  );
});

test("a resumed run takes another budget, but no other settings", async () => {
  const place = join(mkdtempSync(join(tmpdir(), "ascent-")), "run");
  startRun(trainNamed({ episodes: 5, options: { hidden: [4] } }), { out: place }).close("interrupted");
  expect(await request(`--resume ${place} --steps 900 --until 300`)).toMatchObject({
    resume: place,
    end: { steps: 900, stopWhenSolved: false },
    until: 300,
  });
  expect(await request(`--resume ${place}`)).toMatchObject({ end: {}, until: undefined });
  for (const [more, what] of [
    ["--seed 1", "--seed"],
    ["ppo", '"ppo"'],
  ])
    await expect(request(`--resume ${place} ${more}`)).rejects.toThrow(`${what} can't go with --resume`);
});

test("--until is a number, solved or end, and solved needs an environment with a threshold", async () => {
  const until = async (line: string): Promise<unknown> => {
    const { config, until: mark } = (await request(line)) as NewRun;
    return [config.stopWhenSolved, mark];
  };
  expect(await until("--until 300")).toEqual([false, 300]);
  expect(await until("--until solved")).toEqual([true, null]);
  expect(await until("--until end")).toEqual([false, null]);
  expect(await until("--quiet")).toEqual([undefined, undefined]);
  await expect(request("Pendulum-v1 --until solved")).rejects.toThrow(/--until: got "solved", allowed is an average/);
  await expect(request("--until soon")).rejects.toThrow(/^--until: got "soon", allowed is solved, end, or the average/);
});

test("--from takes the algorithm, the environment and their settings from its run, unless they are typed", async () => {
  const place = join(mkdtempSync(join(tmpdir(), "ascent-")), "run");
  const config: NamedConfig = { algorithm: "a2c", env: "Acrobot-v1", steps: 200, options: { hidden: [4] } };
  startRun(trainNamed(config), { out: place }).close("interrupted");
  const from = join(place, "checkpoint.safetensors");
  expect(await request(`--from ${place} --gamma 0.9`)).toMatchObject({
    config: { algorithm: "a2c", env: "Acrobot-v1", options: { hidden: [4], gamma: 0.9 } },
    from,
  });
  const other = await request(`ppo --from ${from}`);
  expect(other).toMatchObject({ config: { algorithm: "ppo", env: "Acrobot-v1", options: {} }, from });
  expect((await configOf(`a2c --preset default --from ${place}`)).options).toEqual({});
  await expect(request("--from nowhere")).rejects.toThrow(/^--from: got "nowhere", allowed is a folder that holds/);
  await expect(request("--policy best")).rejects.toThrow("--policy goes with --from, which is not given");
});

test("help has the settings of the preset and the environment at hand as defaults", () => {
  const defaultOf = (line: string, flag: string): unknown =>
    Object.assign({}, ...trainFlags(tokenise(line.split(" "))).map(({ flags }) => flags))[flag].default;
  expect(defaultOf("ppo --preset zoo", "rollout-steps")).toBe(32);
  expect(defaultOf("ppo Pendulum-v1 --preset zoo", "rollout-steps")).toBe(1024);
  expect(defaultOf("ppo --preset cleanrl", "clip-values")).toBe(true);
  expect(defaultOf("ppo --preset zooo", "rollout-steps")).toBe(128);
  expect(defaultOf("ppo FrozenLake-v1 --preset zoo", "rollout-steps")).toBe(128);
});

test("a run without an algorithm prints a hint if ppo is tuned for the environment, except with --json and --quiet", async () => {
  const hintOf = async (line: string): Promise<string | undefined> => ((await request(line)) as NewRun).hint;
  const hint = "Hint: ppo has settings for LunarLander-v3: npx ascent train ppo LunarLander-v3";
  expect(await hintOf("LunarLander-v3")).toBe(hint);
  expect(await hintOf("--seed 3 LunarLander-v3 --episodes 9")).toBe(hint);
  const silent = [
    "reinforce LunarLander-v3",
    "ppo LunarLander-v3",
    "CartPole-v1",
    "reinforce",
    "--seed 3",
    "CliffWalking-v1",
  ];
  for (const line of [...silent, "LunarLander-v3 --quiet", "LunarLander-v3 --json"])
    expect([line, await hintOf(line)]).toEqual([line, undefined]);
});
