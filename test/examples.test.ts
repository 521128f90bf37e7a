import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { checkEnv } from "../src/envs/check-env.js";
import { make } from "../src/envs/registry.js";
import { filesBelow } from "./files-below.js";
import { root } from "./root.js";

const examples = filesBelow("examples", ".ts");
/** What each example printed. */
const printed = new Map<string, string[]>();

beforeAll(async () => {
  for (const path of examples) {
    const lines: string[] = [];
    const log = vi.spyOn(console, "log").mockImplementation((line: unknown) => lines.push(String(line)));
    await import(/* @vite-ignore */ join(root, path));
    log.mockRestore();
    printed.set(path, lines);
  }
});

/** They only register, since commands import them. */
const environments = { "examples/walk.ts": "Walk-v9", "examples/stock-control.ts": "StockControl-v0" };

describe("the examples", () => {
  it.each(Object.entries(environments))("%s registers an environment in which checkEnv finds no error", (_, id) => {
    expect(checkEnv(() => make(id)).filter(({ severity }) => severity === "error")).toEqual([]);
  });

  it.each(examples.filter((path) => !Object.hasOwn(environments, path)))("%s runs and prints something", (path) => {
    expect(printed.get(path)).not.toEqual([]);
  });

  it.each(examples)("%s uses only what the package exports, and fits on a page", (path) => {
    const text = readFileSync(join(root, path), "utf8");
    const imported = ts.preProcessFile(text).importedFiles.map(({ fileName }) => fileName);
    expect(imported.length).toBeGreaterThan(0);
    expect(imported.filter((name) => !/^ascent(\/\w+)?$/.test(name))).toEqual([]);
    expect(text.split("\n").length).toBeLessThanOrEqual(70);
  });

  it("REINFORCE by hand learns to balance the pole", () => {
    const steps = printed
      .get("examples/reinforce-by-hand.ts")!
      .map((line) => Number(/of ([\d.]+) steps/.exec(line)?.[1]));
    expect(steps[0]).toBeLessThan(100);
    expect(steps.at(-1)).toBeGreaterThan(300);
  });

  it("your own algorithm learns to balance the pole", () => {
    const lines = printed.get("examples/own-algorithm.ts")!;
    expect(Number(/average (\d+) steps/.exec(lines[0])?.[1])).toBeLessThan(100);
    expect(Number(/stays up for (\d+) steps/.exec(lines.at(-1)!)?.[1])).toBeGreaterThan(400);
  });

  it("your own environment passes checkEnv and is made by its name", () => {
    expect(printed.get("examples/own-environment.ts")).toEqual(["checkEnv finds nothing wrong"]);
  });

  it("the grid is solved, and self-play averages or converges to the equilibrium", () => {
    const grid = printed.get("examples/gridworld.ts")!;
    expect(grid[0].replaceAll(/ +/g, " ").trim()).toBe("6.73 7.81 8.90 10.00 0.00 → → → → G");
    expect(grid.at(-1)).toBe("from the start the best policy is worth 2.53, a random one -50.31");
    const ends = printed.get("examples/rock-paper-scissors.ts")!.filter((line) => line.startsWith("in the end"));
    const given = ends.map((line) => line.match(/\d\.\d+/g)!.map(Number));
    expect(given[0][0]).toBeGreaterThan(0.3);
    expect(given[0][1]).toBeLessThan(0.01);
    expect(given[1][0]).toBe(0);
  });

  it("a policy that sees only free squares learns to beat chance", () => {
    const won = printed.get("examples/masked-actions.ts")!.map((line) => Number(/won (\d+) %/.exec(line)?.[1]));
    expect(won[0]).toBeLessThan(70);
    expect(won[1]).toBeGreaterThan(85);
  });

  it("a policy with a memory names a sign that it has seen 5 to 10 steps ago, and one without can't beat chance", () => {
    const right = printed.get("examples/memory.ts")!.map((line) => Number(/right in ([\d.]+) %/.exec(line)?.[1]));
    expect(right[0]).toBeGreaterThan(97);
    expect(right[1]).toBeGreaterThan(40);
    expect(right[1]).toBeLessThan(60);
  });

  it("a run that was stopped and resumed ends with the same weights", () => {
    expect(printed.get("examples/pause-and-resume.ts")![0]).toBe("same weights: true");
  });

  it("PPO learns to catch the ball, on an environment that the example brings along", () => {
    const lines = printed.get("examples/ppo-on-your-own.ts")!;
    expect(Number(/caught (\d+) %/.exec(lines.at(-1)!)?.[1])).toBeGreaterThan(95);
  });

  it("a run that was stopped early went on from there, and its best policy is good", () => {
    const lines = printed.get("examples/stop-early.ts")!;
    const steps = lines.slice(0, 2).map((line) => Number(/after (\d+) steps/.exec(line)?.[1]));
    expect(steps[1]).toBeGreaterThan(steps[0]);
    expect(Number(/for (\d+) steps/.exec(lines[2])?.[1])).toBeGreaterThan(300);
  });
});
