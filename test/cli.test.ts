/** The built program `dist/cli/main.js`. Run `npm run build` first. */

import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ascent, ascentAlone, emptyPlace } from "./ascent-program.js";
import { root } from "./root.js";

/** Small enough for a test, long enough to be interrupted. */
const SMALL = ["--preset", "exercise", "--hidden", "8", "--episodes", "60"];
const EXACT = ["checkpoint.safetensors", "best.safetensors", "metrics.jsonl"];

function digests(folder: string): string[] {
  return EXACT.map((name) =>
    createHash("sha256")
      .update(readFileSync(join(folder, name)))
      .digest("hex"),
  );
}

describe("a usage error ends with code 2, one message without a stack, and no folder", () => {
  const cases: [line: string, message: RegExp][] = [
    [
      "trian",
      /unknown command "trian"\. Did you mean train\?\nAllowed: train, sweep, tune, evaluate, watch, play, record, list, compare, export/,
    ],
    ["train reinforse", /"reinforse"\. Did you mean reinforce\?\nAllowed: reinforce, /],
    [
      "train reinforce CartPole-v2",
      /unknown environment "CartPole-v2"\. Did you mean CartPole-v1\?\nAllowed: CartPole-v1, /,
    ],
    ["train one two three", /"three" is one word too many/],
    [
      "train --lerning-rate 0.01",
      /--lerning-rate is not an option of ascent train reinforce CartPole-v1\. Did you mean --learning-rate\?\nAllowed: --(?!.*(clip-range|env\.arms)).* --env\.max-episode-steps .*--eval-env\.max-episode-steps --import/,
    ],
    ["train --learning-rate -1", /--learning-rate: got -1, allowed is a number of at least 0/],
    ["train --learning-rate NaN", /--learning-rate: got "NaN", allowed is a number of at least 0/],
    ["train --episodes 1.5", /--episodes: got 1\.5, allowed is a whole number from 1 to/],
    ["train ppo --steps 0", /--steps: got 0, allowed is a whole number from 1 to/],
    [
      "train ppo FrozenLake-v1 --preset zoo",
      /env: got "FrozenLake-v1", allowed is one of CartPole-v1, .* with the preset zoo of ppo/,
    ],
    ["train --seed 1.5", /--seed: got "1\.5", allowed is a whole number from 0 to 2\^128 - 1/],
    ["train --seed 340282366920938463463374607431768211456", /--seed: got "3402/],
    [
      "train --preset lectur",
      /--preset: got "lectur", allowed is one of default, exercise, lecture\. Did you mean lecture\?/,
    ],
    ["train Pendulum-v1 --env.gravity 9", /--env\.gravity .*is not an option/],
    ["train GridWorld-v0 --env.map Q", /--env\.map: got "Q", allowed is rows of equal length/],
    ["train Pendulum-v1 --until solved", /--until: got "solved", allowed is an average return/],
    ["train --baseline leave-one-out --episodes-per-update 1", /--episodes-per-update: got 1, allowed is at least 2/],
    ["train --gradient-noise 5", /--gradient-noise: got "batches of 1 episode", allowed is batches of at least 4, /],
    ["train --out", /--out needs a value: a folder that is new or empty/],
    ["train --resume nowhere", /--resume: got "nowhere", allowed is the folder of a run/],
    ["train --log tensorbord", /--log: got "tensorbord", allowed is tensorboard, csv, .*Did you mean tensorboard\?/],
    ["train --log csv,", /--log: got "", allowed is tensorboard, csv/],
    ["train --eval-every 0", /--eval-every: got 0, allowed is a whole number from 1 to/],
    ["train --eval-episodes 5", /--eval-episodes goes with --eval-every, which is not given/],
    [
      "train --eval-env.max-episode-steps 9",
      /--eval-env\.max-episode-steps goes with --eval-every, which is not given/,
    ],
    ["train GridWorld-v0 --eval-every 9 --eval-env.map Q", /--eval-env\.map: got "Q", allowed is rows of equal length/],
    ["train --eval-every 9 --eval-env.max-episode-step 9", /Did you mean --eval-env\.max-episode-steps\?/],
    ["train --best evaluation", /--best goes with --eval-every, which is not given/],
    ["train --resume nowhere --eval-every 9", /--eval-every can't go with --resume/],
    ["train --resume nowhere --seed 1", /--seed can't go with --resume/],
    [
      "train ppo ./wlak.ts:Walk-v9",
      /--import: got "\.\/wlak\.ts", allowed is a file of JavaScript or TypeScript, or an/,
    ],
    ["list --import no-such-package", /--import: got "no-such-package", allowed is .*; this is neither/],
    ["evaluate --import", /--import needs a value: a file of JavaScript/],
    ["train --from nowhere", /--from: got "nowhere", allowed is a folder that holds run\.json/],
    ["sweep --grid learning-rat=1", /--grid learningRat: got \["1"\].*Did you mean learningRate\?/s],
    ["sweep --grid gamma=0.9,2 --grid learning-rate=1", /--grid gamma: got 2, .* \(where learningRate = 1\)/],
    ["sweep --grid gamma", /--grid: got "gamma", allowed is a setting and its values/],
    ["sweep --grid gamma=1 --grid gamma=0.9", /--grid gamma is given twice/],
    ["sweep --draw gamma=lg(0.1,1) --sample 3", /--draw gamma: got "lg\(0\.1,1\)".*Did you mean log\?/],
    ["sweep --draw gamma=log(0.1,1)", /--sample: got undefined, allowed is how many points are drawn/],
    ["sweep --grid gamma=0.9 --when lambda:gamma=1", /--when lambda: /],
    ["sweep --seeds 5-3", /--seeds: got "5-3", allowed is how many seeds/],
    ["sweep --seed 3", /--seed is not an option of ascent sweep\. Did you mean --seeds\?/],
    ["sweep --jobs 0", /--jobs: got 0, allowed is a whole number from 1/],
    ["sweep grid.json", /sweep: got "grid\.json", allowed is a file/],
    ["sweep --resume nowhere --seeds 9", /sweep: got "nowhere", allowed is the folder of a sweep/],
    ["train --seeds 0", /--seeds: got 0, allowed is how many seeds/],
    ["train --seeds 3 --eval-every 100", /--eval-every .*is not an option of ascent train --seeds/],
    ["evaluate nowhere", /run: got "nowhere", allowed is a folder that holds run\.json/],
    ["watch", /run: got "none", allowed is a run; there is none/],
    ["evaluate --episodes 0", /--episodes: got 0, allowed is a whole number from 1 to/],
    ["evaluate --policy bst", /--policy: got "bst", allowed is one of best, last\. Did you mean best\?/],
    ["record --out pole.png", /--out: got "pole\.png", allowed is a file whose name ends in \.gif or \.svg/],
    ["record --width 8", /--width: got 8, allowed is a whole number from 16 to 4096/],
    ["list envs --group", /--group is for ascent list runs\. Usage: ascent list/],
    ["compare", /which runs\? Usage: ascent compare RUN…/],
    ["compare nowhere-*", /run: got "nowhere-\*", allowed is a run, a sweep, or a folder of runs/],
    ["list envz", /unknown list "envz"\. Did you mean envs\?/],
    [
      "export --out policy.py",
      /--out: got "policy\.py", allowed is a file whose name ends in \.mjs or \.onnx or \.safetensors/,
    ],
    ["exercise begin", /unknown action of ascent exercise "begin"/],
    ["exercise list here there", /"there" is one word too many\. Usage: ascent exercise list \[folder\]/],
    ["tune ppo --search gama=0.9,0.99", /--search gama: got .*Did you mean gamma\?/],
    ["tune ppo --search gamma=log(0.5,2)", /--search gamma: got 2, allowed is a number from 0 to 1/],
    ["tune ppo --search gamma=lgo(0.5,1)", /--search gamma: got "lgo\(0\.5,1\)".*log/],
    ["tune ppo --fix gamma=2", /--fix gamma: got 2, allowed is a number from 0 to 1/],
    ["tune ppo --fix gama", /--fix gama: got .*Did you mean gamma\?/],
    ["tune --rounds 3 --minutes 1", /--rounds: got 3, allowed is nothing beside minutes/],
    ["tune --more 3", /--more goes with --resume, which is not given/],
    ["tune --resume nowhere", /--resume: got "nowhere", allowed is the folder of a study/],
    ["exercise start", /which one\? Usage: .*\nAllowed: .*gae, ppo\nnext +npx ascent exercise start reinforce mine$/m],
    ["exercise start bassline", /unknown exercise "bassline"\. Did you mean baseline\?/],
    ["exercise solution", /which one\? Usage: ascent exercise solution <exercise>/],
    ["exercise check", /folder: got "\.", allowed is a folder with an exercise$/m],
    ["exercise check . ppo", /folder: got "\.", allowed is a folder with ppo\.ts or ppo\.js/],
    ["exercise check . ppo 3", /"3" is one word too many\. Usage: ascent exercise check \[folder\] \[exercise\]/],
    ["exercise hint . gea", /unknown exercise "gea"\. Did you mean gae\?/],
    ["exercise hint . gae 1 2", /"2" is one word too many/],
    ["exercise list --javscript", /--javscript is not an option.*--javascript/s],
    ["export --format tflite", /--format: got "tflite", allowed is one of mjs, onnx, safetensors/],
  ];

  test.each(cases)("ascent %s", async (line, message) => {
    const place = emptyPlace();
    const { stderr, ...rest } = await ascent(line.split(" "), place);
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^ascent: /);
    expect(stderr.split("ascent: ")).toHaveLength(2);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(rest).toEqual({ code: 2, stdout: "" });
    expect(readdirSync(place)).toEqual([]);
  });

  test("which is the program's own exit code", async () => {
    const { code, stderr } = await ascentAlone(["train", "--lerning-rate", "0.01"]);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(/^ascent: --lerning-rate is not/) });
  });
});

test("wrong variables and an engine without WebAssembly end with code 2 and one message", async () => {
  const { NODE_OPTIONS: _, ...plain } = process.env;
  const ends = await Promise.all(
    [
      { variables: { ASCENT_BACKEND: "nativ" }, flags: [] },
      { variables: { ASCENT_THREADS: "abc" }, flags: [] },
      { variables: { ASCENT_NUMERICS: "fas" }, flags: [] },
      { variables: { ASCENT_NUMERICS: "fast", ASCENT_BACKEND: "wasm" }, flags: [] },
      { variables: {}, flags: ["--jitless"] },
    ].map(async ({ variables, flags }) => {
      const args = [...flags, join(root, "dist/cli/main.js"), "list"];
      const child = spawn(process.execPath, args, {
        env: { ...plain, ...variables },
        stdio: ["ignore", "ignore", "pipe"],
      });
      let stderr = "";
      child.stderr.on("data", (text) => {
        stderr += text;
      });
      const code = await new Promise((resolve) => child.on("close", resolve));
      return [code, stderr.replace(/^Warning: .*\n/, "")];
    }),
  );
  expect(ends).toEqual([
    [2, 'ascent: ASCENT_BACKEND: got "nativ", allowed is wasm or native. Did you mean native?\n'],
    [2, 'ascent: ASCENT_THREADS: got "abc", allowed is a whole number from 1 to 64\n'],
    [2, 'ascent: ASCENT_NUMERICS: got "fas", allowed is exact or fast. Did you mean fast?\n'],
    [
      2,
      'ascent: ASCENT_NUMERICS: got "fast", allowed is only exact with the WebAssembly kernels, which ' +
        "ASCENT_BACKEND=wasm forces\n",
    ],
    [
      2,
      "ascent: WebAssembly: got undefined, allowed is an engine with WebAssembly: Node without --jitless. " +
        "Only ascent/act and exported modules need none\n",
    ],
  ]);
});

test("--help and --version print text, and each command has its own help", async () => {
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
  expect(await ascentAlone(["--version"])).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
  const helps = await Promise.all(
    ["train", "evaluate", "watch", "record", "list", "export"].map((name) => ascent([name, "--help"])),
  );
  for (const { code, stdout } of [await ascent([]), ...helps]) {
    expect(code).toBe(0);
    expect(stdout).toMatch(/\nUsage\n {2}ascent /);
  }
  expect((await ascent(["train", "Pendulum-v1", "--help"])).stdout).toMatch(
    /Options of reinforce\n[\s\S]*--learning-rate [\s\S]*Options of Pendulum-v1\n/,
  );
});

describe("a small run", () => {
  const place = emptyPlace();
  const folder = join(place, "whole");
  const whole = ascent(["train", ...SMALL, "--out", folder, "--json"], place);

  test("--json prints one object a line: start, an update for each, result", async () => {
    const { code, stdout, stderr } = await whole;
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const lines = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines.map(({ type }) => type)).toEqual(["start", ...Array(60).fill("update"), "result"]);
    expect(lines[0]).toMatchObject({ folder, config: { algorithm: "reinforce", preset: "exercise", seed: "0" } });
    expect(lines[60]).toMatchObject({ update: 60, episodes: 60, diagnostics: { learningRate: 0.001 } });
    expect(lines[61]).toMatchObject({
      status: "finished",
      episodes: 60,
      weightsSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  test("leaves its record, log, checkpoints and report, and nothing else", async () => {
    await whole;
    const files = ["best.safetensors", "checkpoint.safetensors", "metrics.jsonl", "report.html", "run.json"];
    expect(readdirSync(folder).sort()).toEqual(files);
  });

  test.each(["SIGKILL", "SIGTERM", "SIGINT"] as const)(
    "stopped by %s and resumed, it has the bytes of the uninterrupted run",
    async (signal) => {
      await whole;
      const stopped = join(place, signal);
      const pace = ["--checkpoint-seconds", "0", "--json"];
      // The signal may arrive before the first update or after the last one, so either may be resumed.
      const first = await ascentAlone(["train", ...SMALL, "--out", stopped, ...pace], place, (child) =>
        child.kill(signal),
      );
      expect([{ SIGKILL: null, SIGTERM: 143, SIGINT: 130 }[signal], 0]).toContain(first.code);
      expect((await ascent(["train", "--resume", stopped, ...pace], place)).code).toBe(0);
      expect(digests(stopped)).toEqual(digests(folder));
      expect(readdirSync(stopped).sort()).toEqual(readdirSync(folder).sort());
    },
  );

  test("evaluated and logged for other tools, it has the same bits, and its output and its report show that", async () => {
    await whole;
    const logged = join(place, "logged");
    const flags = ["--log", "csv", "--log=tensorboard", "--eval-every", "300", "--eval-episodes", "2", "--json"];
    flags.push("--eval-env.max-episode-steps", "9");
    const { stdout } = await ascent(["train", ...SMALL, "--out", logged, ...flags], place);
    expect(digests(logged)).toEqual(digests(folder));
    const own = ["evaluations.jsonl", "events.out.tfevents.000001.ascent", "progress.csv"];
    expect(readdirSync(logged)).toEqual(expect.arrayContaining(own));
    const evaluations = readFileSync(join(logged, "evaluations.jsonl"), "utf8");
    const shown = stdout.split("\n").filter((line) => line.startsWith('{"type":"evaluation",'));
    expect(shown.map((line) => `${line.replace('"type":"evaluation",', "")}\n`).join("")).toBe(evaluations);
    expect(shown.length).toBeGreaterThan(1);
    expect(shown.every((line) => line.includes('"lengths":[9,9]'))).toBe(true);
    const report = readFileSync(join(logged, "report.html"), "utf8");
    expect(report).toContain(">evaluated<");
    expect(report).toContain("--log csv,tensorboard --eval-every 300 --eval-episodes 2 --eval-env.max-episode-steps 9");
  });

  test("its folder is refused to another run, and so is any folder with something in it", async () => {
    await whole;
    const before = digests(folder);
    const { code, stderr } = await ascent(["train", "--out", folder], place);
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /--out: got ".*whole", allowed is a folder that is new or empty; this one holds another run/,
    );
    expect(digests(folder)).toEqual(before);
    mkdirSync(join(place, "mine"));
    writeFileSync(join(place, "mine/letters.txt"), "");
    expect((await ascent(["train", "--out", join(place, "mine")], place)).stderr).toMatch(
      /this one holds letters\.txt/,
    );
  });

  test("is measured, watched, recorded, listed and exported", async () => {
    await whole;
    const evaluated = JSON.parse((await ascent(["evaluate", folder, "--episodes", "20", "--json"], place)).stdout);
    expect(evaluated).toMatchObject({ env: "CartPole-v1", policy: "best", deterministic: false, episodes: 20 });
    expect(evaluated.returns).toHaveLength(20);
    expect(evaluated.interval[0]).toBeLessThanOrEqual(evaluated.mean);
    expect(evaluated.interval[1]).toBeGreaterThanOrEqual(evaluated.mean);
    expect((await ascent(["watch", folder, "--episodes", "2"], place)).stdout).toMatch(
      /^Episode 1: return \d+, \d+ steps\nEpisode 2: /,
    );
    await ascent(["watch", folder, "--svg", "pole.svg"], place);
    expect(readFileSync(join(place, "pole.svg"), "utf8")).toMatch(/^<svg [\s\S]*<\/svg>\n$/);
    const { stdout } = await ascent(["record", folder, "--width", "32", "--out", "pole.gif"], place);
    expect(stdout).toMatch(/^pole\.gif: one episode, return \d+, \d+ steps\n$/);
    expect(readFileSync(join(place, "pole.gif")).toString("latin1")).toMatch(/^GIF89a[\s\S]*;$/);
    await ascent(["record", folder, "--max-steps", "5", "--out", "pole.svg"], place);
    expect(readFileSync(join(place, "pole.svg"), "utf8").match(/attributeName="visibility" to=/g)).toHaveLength(5);
    await ascent(["export", folder, "--out", "policy.mjs"], place);
    const { act } = (await import(join(place, "policy.mjs"))) as { act(observation: readonly number[]): number };
    expect([0, 1]).toContain(act([0, 0, 0.1, 0]));
    expect(readFileSync(join(place, "policy.d.mts"), "utf8")).toContain("export declare function act(");
    await ascent(["export", folder, "--out", "policy.onnx"], place);
    expect(readFileSync(join(place, "policy.onnx"), "latin1")).toMatch(
      /ascent..\d+\.\d+\.\d+.*mean return of the last 100/s,
    );
    await ascent(["export", folder, "--out", "policy.safetensors"], place);
    expect(readFileSync(join(place, "policy.safetensors"), "latin1")).toContain('"0.weight":{"dtype":"F32"');
  });
});

test("a model of Stable-Baselines3 becomes weights to start from, or a file that acts", async () => {
  const place = emptyPlace();
  const model = (name: string): string => join(root, "test/golden/stable-baselines3", name);
  const { code, stdout } = await ascent(["import", model("choice.zip"), "--out", "start.safetensors"], place);
  expect([code, stdout]).toEqual([0, expect.stringMatching(/^start\.safetensors: the ppo policy of .*choice\.zip\n$/)]);
  const alike = ["--hidden", "16,16", "--activation", "tanh", "--no-normalise-observations"];
  const trained = [
    "train",
    "ppo",
    "CartPole-v1",
    "--from",
    "start.safetensors",
    ...alike,
    "--steps",
    "2048",
    "--quiet",
  ];
  expect((await ascent(trained, place)).code).toBe(0);
  const statistics = ["--vec-normalize", model("numbers.pkl")];
  await ascent(["import", model("numbers.zip"), ...statistics, "--out", "numbers.mjs"], place);
  const { act } = (await import(join(place, "numbers.mjs"))) as { act(seen: readonly number[]): ArrayLike<number> };
  expect(act([1, 2, 3])).toHaveLength(1);
  for (const wrong of [["import"], ["import", "none.zip"], ["import", join(place, "numbers.mjs")]])
    expect((await ascent(wrong, place)).stderr).toMatch(/^ascent: .*(needs the zip|no such file|not a zip archive)/);
});

test("a run in steps with continuous actions is trained, resumed, measured, watched and exported", async () => {
  const place = emptyPlace();
  const options = ["--hidden", "8", "--envs", "2", "--rollout-steps", "100"];
  const { code, stdout } = await ascent(
    ["train", "a2c", "Pendulum-v1", "--steps", "2000", ...options, "--out", "swing"],
    place,
  );
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /^a2c on Pendulum-v1, seed 0, at most 2,000 steps\nStep +200 \| Episode +0 \| Avg Reward +- \| /,
  );
  expect(stdout).toMatch(/\nStep +2,000 \| Episode +10 \| Avg Reward +-\d/);
  expect((await ascent(["train", "--resume", "swing"], place)).stdout).toMatch(/, going on after step 2,000\n/);
  const measured = JSON.parse((await ascent(["evaluate", "swing", "--episodes", "3", "--json"], place)).stdout);
  expect(measured.returns).toHaveLength(3);
  expect((await ascent(["watch", "swing", "--episodes", "1"], place)).stdout).toMatch(
    /^Episode 1: return -[\d,.]+, 200 /,
  );
  await ascent(["export", "swing", "--out", "swing.mjs"], place);
  const { act } = (await import(join(place, "swing.mjs"))) as {
    act(observation: readonly number[]): ArrayLike<number>;
  };
  expect(Math.abs(act([1, 0, 0])[0])).toBeLessThanOrEqual(2);
});

test("runs get distinct names, and are listed newest first", async () => {
  const place = emptyPlace();
  const tiny = ["train", "--hidden", "4", "--episodes", "2", "--quiet"];
  for (const extra of [[], [], ["--seed", "5"]]) expect((await ascent([...tiny, ...extra], place)).code).toBe(0);
  const names = ["reinforce-CartPole-v1-seed0", "reinforce-CartPole-v1-seed0-2", "reinforce-CartPole-v1-seed5"];
  expect(readdirSync(join(place, "runs")).sort()).toEqual(names);
  const listed = JSON.parse((await ascent(["list", "runs", "--json"], place)).stdout) as {
    name: string;
    status: string;
  }[];
  expect(listed.map(({ name, status }) => [name, status])).toEqual(
    [names[2], names[1], names[0]].map((name) => [name, "finished"]),
  );
});

test("off a terminal there is a line an interval, and the lecture's preset warns first", async () => {
  const { code, stdout, stderr } = await ascent(["train", "--preset", "lecture", "--hidden", "8", "--episodes", "40"]);
  expect(code).toBe(0);
  expect(stderr).toMatch(/^Warning: preset lecture: these settings collapse on most seeds/);
  const lines = stdout.split("\n").filter((line) => line.startsWith("Episode"));
  expect(lines).toHaveLength(20);
  expect(lines[0]).toMatch(
    /^Episode {5}2 \| Avg Reward +[\d.]+ \| Loss +[-\d.]+ \| Entropy +0\.\d+ \| (-|[\d,.]+) steps\/s$/,
  );
  expect(stdout).not.toContain("\x1b");
});

test("a damaged checkpoint is a named error, and the folder stays as it is", async () => {
  const place = emptyPlace();
  const folder = join(place, "run");
  await ascent(["train", "--hidden", "4", "--episodes", "4", "--out", folder], place);
  const path = join(folder, "checkpoint.safetensors");
  const bytes = readFileSync(path);
  bytes[bytes.length >> 1] ^= 4;
  writeFileSync(path, bytes);
  const { code, stderr } = await ascent(["train", "--resume", folder], place);
  expect(code).toBe(1);
  expect(stderr).toMatch(/checkpoint\.safetensors: this is not a usable checkpoint: its checksum is /);
  expect(readFileSync(path).equals(bytes)).toBe(true);
  expect(existsSync(join(folder, "lock"))).toBe(false);
});

/** Short versions of the scripts in bench/reliability. */
test.each([
  ["kill.mjs", ["--tries", "1"]],
  ["mutate.mjs", ["--count", "20"]],
  ["disk.mjs", ["--quick"]],
])("bench/reliability/%s finds nothing", async (script, args) => {
  const child = spawn(process.execPath, [join(root, "bench/reliability", script), ...args]);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (output += text));
  const code = await new Promise((resolve) => child.on("close", resolve));
  expect(output).toMatch(/"failures":0/);
  expect(code).toBe(0);
});
