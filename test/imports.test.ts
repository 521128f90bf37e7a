/**
 * A user's environment on the command line, from a TypeScript file outside the package. The folders are in `build/`, where
 * `ascent` and `esbuild` are found as in a project that has installed them.
 */

import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { emptyPlace, warmProgram } from "./ascent-program.js";
import { root } from "./root.js";

/** Imports the modules to train. */
const training = warmProgram();
/** Comes to runs that `training` has trained, and knows no module of theirs. */
const ascent = warmProgram();

/** An environment of five steps to the right, with TypeScript syntax that JavaScript lacks. */
const walk = (id: string): string => `import { register } from "ascent/envs";
import { box, discrete } from "ascent/spaces";
import { far } from "./track.js";

interface Place { x: number }
enum Move { Left, Right }

register({
  id: "${id}",
  maxEpisodeSteps: 40,
  create: () => {
    let place: Place = { x: 0 };
    const look = (): Float32Array => Float32Array.of(place.x / far);
    return {
      observationSpace: box({ low: -1, high: 1, shape: [1] }),
      actionSpace: discrete(2),
      reset() {
        place = { x: 0 };
        return { observation: look(), info: {} };
      },
      step(action: number) {
        place.x += action === Move.Right ? 1 : -1;
        const reward: number = place.x >= far ? 1 : -0.01;
        return { observation: look(), reward, terminated: Math.abs(place.x) >= far, truncated: false, info: {} };
      },
      snapshot: () => ({ ...place }),
      restore(state: unknown) {
        place = state as Place;
      },
    };
  },
});
`;

const places: string[] = [];
afterAll(() => {
  for (const place of places) rmSync(place, { recursive: true });
});

/** A folder with an environment of this name. A process registers a name once, so each test that trains has its own. */
function project(id = "Walk-v9"): string {
  mkdirSync(join(root, "build"), { recursive: true });
  const place = mkdtempSync(join(root, "build/imports-"));
  places.push(place);
  writeFileSync(join(place, "walk.ts"), walk(id));
  writeFileSync(join(place, "track.ts"), "export const far: number = 5;\n");
  return place;
}

describe("an environment in TypeScript", () => {
  const place = project();
  const run = "runs/ppo-Walk-v9-seed0";
  const trained = training(["train", "ppo", "./walk.ts:Walk-v9", "--steps", "2000", "--quiet"], place);

  test("is trained by `module:Env`, and nothing is left beside its file", async () => {
    expect(await trained).toMatchObject({ code: 0, stderr: "" });
    expect(readdirSync(place).sort()).toEqual(["runs", "track.ts", "walk.ts"]);
    const { config, imports } = JSON.parse(readFileSync(join(place, run, "run.json"), "utf8"));
    expect(config.env).toBe("Walk-v9");
    expect(imports).toEqual([{ module: "./walk.ts", path: join(place, "walk.ts") }]);
    expect(readFileSync(join(place, run, "report.html"), "utf8")).toContain(
      "npx ascent train --import ./walk.ts ppo Walk-v9 --seed 0 --steps 2000",
    );
  });

  test("is measured, watched, exported, listed and trained further without a flag, from anywhere", async () => {
    await trained;
    const { returns } = JSON.parse((await ascent(["evaluate", "--episodes", "5", "--json"], place)).stdout);
    expect(returns).toHaveLength(5);
    const elsewhere = await ascent(["evaluate", join(place, run), "--episodes", "5", "--json"], emptyPlace());
    expect(JSON.parse(elsewhere.stdout).returns).toEqual(returns);
    expect((await ascent(["watch", "--episodes", "1"], place)).stdout).toMatch(
      /^Episode 1: return -?[\d.]+, \d+ steps\n$/,
    );
    expect((await ascent(["export"], place)).stdout).toMatch(/^runs\/ppo-Walk-v9-seed0\/policy\.mjs: the best policy/);
    expect((await ascent(["list", "runs"], place)).stdout).toMatch(/\nppo-Walk-v9-seed0 +finished +\d+ +2048 /);
    const further = await ascent(["train", "--resume", run, "--steps", "3000"], place);
    expect(further.code).toBe(0);
    expect(further.stderr).toBe(
      "Budget: at most 3,000 steps in all from now on; settings that change over a run, such as a learning rate, are adjusted to it.\n",
    );
    expect(further.stdout).toMatch(/going on after step 2,048\nStep +3,072 /);
    const begun = await ascent(["train", "--from", run, "--steps", "1024", "--out", "more", "--quiet"], place);
    expect(begun).toMatchObject({ code: 0, stderr: "" });
    expect(JSON.parse(readFileSync(join(place, "more/run.json"), "utf8"))).toMatchObject({
      config: { algorithm: "ppo", env: "Walk-v9" },
      from: join(place, run, "checkpoint.safetensors"),
      imports: [{ module: "./walk.ts" }],
    });
  });
});

test("workers import it too, to the same bits; --import is the long form", async () => {
  const place = project("Walk-v1");
  const train = ["train", "ppo", "--import", "./walk.ts", "Walk-v1", "--steps", "1024", "--quiet"];
  for (const workers of ["1", "2"]) {
    const { code, stderr } = await training([...train, "--workers", workers, "--out", workers], place);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  }
  const bytes = (workers: string): Buffer => readFileSync(join(place, workers, "checkpoint.safetensors"));
  expect(bytes("2").equals(bytes("1"))).toBe(true);
});

test("an environment without snapshot() and restore() trains, says what that means, and is measured afterwards", async () => {
  const place = project("Walk-v2");
  const saving = / {6}snapshot: [\s\S]*?\n {6}\},\n(?= {4}\};)/;
  expect(walk("Walk-v2")).toMatch(saving);
  writeFileSync(join(place, "walk.ts"), walk("Walk-v2").replace(saving, ""));
  const train = ["train", "./walk.ts:Walk-v2", "--episodes", "40", "--checkpoint-seconds", "0", "--out", "run"];
  const { code, stdout, stderr } = await training(train, place);
  expect({ code, stderr }).toEqual({
    code: 0,
    stderr:
      "This run can't be resumed exactly: its environment has no snapshot() and restore(). Its policies, report and result are saved.\n",
  });
  expect(stdout).toMatch(/watch +npx ascent watch run/);
  expect(readdirSync(join(place, "run")).sort()).toEqual([
    "best.safetensors",
    "metrics.jsonl",
    "report.html",
    "run.json",
    "weights.safetensors",
  ]);
  for (const policy of ["best", "last"]) {
    const measured = await ascent(["evaluate", "run", "--policy", policy, "--episodes", "3", "--json"], place);
    expect(JSON.parse(measured.stdout).returns).toHaveLength(3);
  }
  const again = await ascent(["train", "--resume", "run"], place);
  expect(again.code).toBe(2);
  expect(again.stderr).toMatch(
    /^ascent: --resume: got "run", allowed is a run whose environment has snapshot\(\) and restore\(\)/,
  );
  const further = await ascent(["train", "--from", "run", "--episodes", "2", "--out", "more"], place);
  expect(further.code).toBe(0);
}, 60_000);

test("an asynchronous environment is trained, measured and watched like any other", async () => {
  const place = project();
  writeFileSync(
    join(place, "remote.mjs"),
    `import { register } from "ascent/envs";
import { box, discrete } from "ascent/spaces";

register({
  id: "Remote-v0",
  maxEpisodeSteps: 20,
  create: () => {
    let x = 0;
    return {
      asynchronous: true,
      observationSpace: box({ low: -1, high: 1, shape: [1] }),
      actionSpace: discrete(2),
      async reset() {
        x = 0;
        return { observation: Float32Array.of(x), info: {} };
      },
      async step(action) {
        await new Promise((resolve) => setImmediate(resolve));
        x += action === 1 ? 0.2 : -0.2;
        return { observation: Float32Array.of(x), reward: x, terminated: Math.abs(x) > 0.9, truncated: false, info: {} };
      },
      snapshot: () => x,
      restore(state) {
        x = state;
      },
    };
  },
});
`,
  );
  const train = ["train", "a2c", "./remote.mjs:Remote-v0", "--steps", "400", "--out", "run", "--quiet"];
  expect(await training(train, place)).toMatchObject({ code: 0, stderr: "" });
  expect(readdirSync(join(place, "run"))).toContain("report.html");
  const measured = await ascent(["evaluate", "run", "--policy", "last", "--episodes", "3", "--json"], place);
  expect(JSON.parse(measured.stdout).returns).toHaveLength(3);
  expect((await ascent(["watch", "run", "--episodes", "1"], place)).stdout).toMatch(/^Episode 1: return/);
  const further = await ascent(["train", "--resume", "run", "--steps", "600", "--quiet"], place);
  expect(further.code).toBe(0);
}, 60_000);

test("an algorithm of one's own is trained, resumed and measured by its name", async () => {
  const place = project();
  const source = `import { registerAlgorithm, reinforce } from "ascent/algorithms";
const name: string = "mine";
registerAlgorithm({ ...reinforce, name, summary: "REINFORCE by another name" });
`;
  writeFileSync(join(place, "mine.ts"), source);
  expect((await training(["train", "mine"], place)).stderr).toMatch(/^ascent: unknown algorithm or environment "mine"/);
  const train = ["train", "mine", "--import", "./mine.ts", "--episodes", "20", "--quiet", "--out", "run"];
  expect(await training(train, place)).toMatchObject({ code: 0, stderr: "" });
  const further = ["train", "--resume", "run", "--episodes", "22", "--quiet"];
  expect(await ascent(further, place)).toMatchObject({ code: 0, stderr: "" });
  expect((await ascent(["evaluate", "run", "--episodes", "2"], place)).code).toBe(0);
});

test("its options are flags, and help knows them", async () => {
  const { stdout } = await training(["train", "./walk.ts:Walk-v3", "--help"], project("Walk-v3"));
  expect(stdout).toMatch(/Options of Walk-v3\n +--env\.max-episode-steps 40 /);
  expect(stdout).toMatch(/Modules of your own\n +--import … /);
});

test("a package is imported by its name", async () => {
  const place = project();
  const folder = join(place, "node_modules/walks");
  mkdirSync(folder, { recursive: true });
  symlinkSync(root, join(place, "node_modules/ascent"));
  const compiled =
    'import { make, register } from "ascent/envs"; register({ id: "Pole-v9", create: () => make("CartPole-v1") });';
  writeFileSync(join(folder, "package.json"), '{ "type": "module", "exports": { "import": "./walks.js" } }');
  writeFileSync(join(folder, "walks.js"), compiled);
  expect((await training(["list", "--import", "walks"], place)).stdout).toMatch(/\nPole-v9 /);
  const { code } = await training(["train", "walks:Pole-v9", "--episodes", "2", "--quiet"], place);
  expect(code).toBe(0);
});

describe("an error in a module is explained", () => {
  const place = project();
  // This process has no environment Walk-v9 before the last of these.
  const ascent = warmProgram();
  const modules: Readonly<Record<string, string>> = {
    "empty.mjs": "export {};\n",
    "throws.ts": 'const limit: number = 3;\n\nthrow new RangeError("no more than " + limit);\n',
    "broken.ts": "const limit: = 3;\n",
    "taken.mjs": 'import { register } from "ascent/envs";\nregister({ id: "CartPole-v1", create: () => undefined });\n',
    "needs.mjs": 'import "no-such-package";\n',
  };
  for (const [name, text] of Object.entries(modules)) writeFileSync(join(place, name), text);

  test.each([
    ["train ppo ./wlak.ts:Walk-v9", 2, /^ascent: --import: got "\.\/wlak\.ts", .* Did you mean \.\/walk\.ts\?\n$/],
    [
      "train ./empty.mjs:Walk-v9",
      2,
      /^ascent: \.\/empty\.mjs does not register .*\nIt registers nothing, or does so with another copy/,
    ],
    [
      "train --import ./empty.mjs ppo Walk-v9",
      2,
      /^ascent: unknown environment "Walk-v9"[\s\S]*\n\.\/empty\.mjs was imported; it registers nothing/,
    ],
    ["list --import ./throws.ts", 1, /throws\.ts: the import failed: RangeError: no more than 3 \(line 3\)\n$/],
    ["list --import ./broken.ts", 1, /broken\.ts: the import failed: .*[\s\S]*broken\.ts:1/],
    [
      "list --import ./taken.mjs",
      1,
      /taken\.mjs: the import failed: ConfigError: id: got "CartPole-v1", .* \(line 2\)\n$/,
    ],
    ["list --import ./needs.mjs", 1, /needs\.mjs: the import failed: Error: Cannot find package 'no-such-package'/],
    // The last, since Walk-v9 is known from here on.
    [
      "train ./walk.ts:Walk-v8",
      2,
      /^ascent: \.\/walk\.ts does not register an environment or an algorithm "Walk-v8"\. Did you mean \.\/walk\.ts:Walk-v9\?\nIt registers: Walk-v9\n$/,
    ],
  ])("ascent %s", async (line, code, message) => {
    const outcome = await ascent(line.split(" "), place);
    expect(outcome.stderr).toMatch(message);
    expect(outcome.stderr).not.toMatch(/^\s+at |please report/m);
    expect(outcome.code).toBe(code);
    expect(readdirSync(place)).not.toContain("runs");
  });

  test("without a tool for TypeScript, the message says how to get one", async () => {
    const bare = emptyPlace();
    writeFileSync(join(bare, "typed.ts"), "export const limit: number = 3;\n");
    const { code, stderr } = await ascent(["list", "--import", "./typed.ts"], bare);
    if ("typescript" in process.features && process.features.typescript) expect(code).toBe(0);
    else {
      expect(stderr).toMatch(
        /typed\.ts: this is TypeScript, which Node v[\d.]+ does not run by itself\. Use Node 22\.18 or later, or: npm install --save-dev tsx\n$/,
      );
      expect(code).toBe(1);
    }
  });
});

test("an error in render, while the report is written, is named as the environment's, and the run stays saved", async () => {
  const place = project();
  const module = `import { make, register } from "ascent/envs";
    const render = () => { throw new TypeError("the canvas is gone"); };
    register({ id: "Blank-v0", create: () => ({ ...make("CartPole-v1"), render }) });\n`;
  writeFileSync(join(place, "blank.mjs"), module);
  const { code, stderr } = await training(
    "train ./blank.mjs:Blank-v0 --episodes 2 --quiet --out run".split(" "),
    place,
  );
  expect(stderr).toBe("ascent: render() of the environment threw at step 1: the canvas is gone\n");
  expect(code).toBe(1);
  expect(readdirSync(join(place, "run"))).toContain("checkpoint.safetensors");
});

test("--import says where the module of a run has moved", async () => {
  const place = project("Walk-v4");
  await training(["train", "ppo", "./walk.ts:Walk-v4", "--steps", "1024", "--quiet", "--out", "run"], place);
  renameSync(join(place, "walk.ts"), join(place, "walking.ts"));
  const { code, stderr } = await ascent(["evaluate", "run"], place);
  expect(code).toBe(2);
  expect(stderr).toMatch(
    /^ascent: --import: got "none", allowed is a module that is there: this run needs what \.\/walk\.ts /,
  );
  expect((await ascent(["evaluate", "run", "--import", "./walking.ts", "--episodes", "2"], place)).code).toBe(0);
});
