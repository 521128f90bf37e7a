/** `ascent sweep` as it is built. Run `npm run build` first. */

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ascent, emptyPlace } from "./ascent-program.js";
import { root } from "./root.js";

const SMALL = ["--hidden", "4", "--episodes", "3"];
const lines = (stdout: string): { type: string }[] =>
  stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

test("a sweep grows by seeds and by cells, and nothing is trained twice", async () => {
  const place = emptyPlace();
  const run = async (...words: string[]): Promise<{ type: string }[]> => {
    const { code, stdout, stderr } = await ascent(["sweep", ...words, "--json"], place);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    return lines(stdout);
  };
  const first = await run("--grid", "learning-rate=0.01,0.1", ...SMALL, "--seeds", "1", "--jobs", "1", "--out", "a");
  expect(first.map(({ type }) => type)).toEqual(["start", "run", "run", "cell", "cell", "result"]);
  const more = await run("--resume", "a", "--seeds", "2", "--jobs", "1");
  expect(more.map(({ type }) => type)).toEqual(["start", "run", "run", "cell", "cell", "result"]);
  expect(more[0]).toMatchObject({ runs: 4, done: 2 });
  const wider = await run("--resume", "a", "--grid", "gamma=0.5", ...SMALL, "--jobs", "1", "--dry-run");
  expect(wider[0]).toMatchObject({ type: "plan", runs: 6 });
  expect(readdirSync(join(place, "a")).sort()).toEqual(["report.html", "results.json", "runs", "sweep.json"]);
  expect(readdirSync(join(place, "a/runs"))).toHaveLength(4);
  expect(readFileSync(join(place, "a/report.html"), "utf8")).toContain("2 seeds are an anecdote");
});

test("the schema of a sweep file has what imported modules register", async () => {
  const place = emptyPlace();
  writeFileSync(
    join(place, "walk.mjs"),
    `import { register } from ${JSON.stringify(join(root, "dist/envs/index.js"))};
     import { int } from ${JSON.stringify(join(root, "dist/options.js"))};
     const create = () => { throw new Error("nobody makes one here"); };
     register({ id: "Walk-v9", options: { length: int(7, { min: 2, help: "fields" }) }, create });`,
  );
  const { code, stdout, stderr } = await ascent(["sweep", "--schema", "--import", "./walk.mjs"], place);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const { $defs } = JSON.parse(stdout);
  expect($defs["env.Walk-v9"].$defs["env.length"]).toMatchObject({ minimum: 2, description: "fields", default: 7 });
  expect($defs["algorithm.ppo"].$defs.env.enum).toContain("Walk-v9");
  const wrong = await ascent(["sweep", "ppo", "--schema"], place);
  expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining('"ppo" is one word too many') });
});

test("a sweep is read from JSON and from a module, and the command line may change its seeds", async () => {
  const place = emptyPlace();
  const sweep = {
    $schema: "./schema.json",
    grid: { gamma: [0.9, 1] },
    draw: { learningRate: "log(1e-4, 1e-2)" },
    sample: 2,
    seeds: [7],
  };
  writeFileSync(join(place, "sweep.json"), JSON.stringify(sweep));
  writeFileSync(join(place, "sweep.mjs"), `export default ${JSON.stringify({ ...sweep, $schema: undefined })};`);
  writeFileSync(join(place, "wrong.mjs"), "export const sweep = {};");
  writeFileSync(join(place, "wrong.json"), '{ "gird": {} }');
  const plans = await Promise.all(
    [["sweep.json"], ["sweep.mjs"], ["sweep.json", "--seeds", "3"]].map((words) =>
      ascent(["sweep", ...words, "--dry-run", "--json"], place),
    ),
  );
  expect(plans.map(({ stdout }) => lines(stdout)[0])).toMatchObject([{ runs: 4 }, { runs: 4 }, { runs: 12 }]);
  expect(plans[1].stdout).toBe(plans[0].stdout);
  const wrong = await Promise.all(["wrong.mjs", "wrong.json"].map((file) => ascent(["sweep", file], place)));
  expect(wrong[0]).toMatchObject({ code: 2, stderr: expect.stringContaining("export default defineSweep({ … })") });
  expect(wrong[1]).toMatchObject({ code: 2, stderr: expect.stringContaining("gird: got {}") });
});
