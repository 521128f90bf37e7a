/** The exercises: their files, and `ascent exercise` as it is built. Run `npm run build` first. */

import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { exercises, type Fault, mistakes } from "../dist/exercise/index.js";
import { checkFile } from "../dist/node/exercise/check-file.js";
import { hintsOf } from "../dist/node/exercise/texts.js";
import { exerciseNames, generatedFiles, starterOf, withoutTypes } from "../scripts/exercises.mjs";
import { ascent, emptyPlace } from "./ascent-program.js";
import { filesBelow } from "./files-below.js";
import { root } from "./root.js";

const [reinforce] = exercises;

/** The faults that tests find in a JavaScript answer, each test with so many seconds. */
async function faultsIn(code: string, seconds: Readonly<Record<string, number>>): Promise<(Fault | undefined)[]> {
  const file = join(emptyPlace(), "reinforce.mjs");
  writeFileSync(file, code);
  const tests = reinforce.tests.flatMap((test) =>
    test.name in seconds ? [{ ...test, seconds: seconds[test.name] }] : [],
  );
  const found: (Fault | undefined)[] = [];
  for await (const { evidence } of checkFile({ ...reinforce, tests }, file)) found.push(evidence.fault);
  return found;
}

describe("the files of the exercises", () => {
  it("are there for every exercise, and for no other", () => {
    expect(exerciseNames()).toEqual(exercises.map(({ name }) => name).sort());
  });

  it("that are made from solutions are up to date: starters, and all JavaScript (node scripts/exercises.mjs)", () => {
    for (const [path, text] of generatedFiles()) expect(readFileSync(join(root, path), "utf8"), path).toBe(text);
  });

  it("have hints for every function, from a nudge to a line of code", () => {
    for (const { name, functions } of exercises) {
      const hints = hintsOf(name);
      expect([...hints.keys()]).toEqual(functions);
      for (const [subject, own] of hints) expect(own.length, subject).toBeGreaterThanOrEqual(3);
    }
  });

  it("have a test for every wrong answer", () => {
    const tests = readFileSync(join(root, "src/exercise/answers.test.ts"), "utf8");
    for (const { name } of exercises) {
      const own = tests.slice(tests.search(new RegExp(`^  "?${name}"?: \\[$`, "m"))).split("\n  ],\n")[0];
      const files = filesBelow(`exercises/${name}/wrong`, ".ts").filter((path) => !path.includes("/parts/"));
      const wrong = files.map((path) => path.replace(/^.*\/(.*)\.ts$/, "$1"));
      expect(wrong.filter((file) => !own.includes(`"${file}"`))).toEqual([]);
      expect(wrong.length).toBeGreaterThanOrEqual(10);
    }
  });

  it("use every mistake that has a sentence", () => {
    const code = filesBelow("src/exercise", ".ts").filter((path) => !/mistakes\.ts$|\.test\.ts$/.test(path));
    const text = [...code, "src/node/exercise/answer-process.ts"].map((path) => readFileSync(join(root, path), "utf8"));
    expect(Object.keys(mistakes).filter((name) => !text.join("").includes(`"${name}"`))).toEqual([]);
  });
});

it("types are cut out of a program, interfaces become comments, and the rest stays", () => {
  const source = `import { type A, b } from "c";
import type { D } from "e";

/** What it is. */
interface F {
  /** A number. */
  readonly g: number;
  readonly m: readonly A[];
}

/** Kept. */
export function h<T>({ i }: F, ...j: D[]): A {
  const k = new Array<number>(3);
  return b(i ? (l: number) => \`\${l}: \${k}\` : j);
}
`;
  expect(withoutTypes(source)).toBe(`import { b } from "c";

/**
 * What it is.
 * @typedef {object} F
 * @property {number} g A number.
 * @property {import("c").A[]} m
 */

/** Kept. */
export function h({ i }, ...j) {
  const k = new Array(3);
  return b(i ? (l) => \`\${l}: \${k}\` : j);
}
`);
});

it("a starter is its solution without the bodies to write, and without the imports that only they need", () => {
  const solution = `/** What it does. */
import { a, type B } from "c";
import { d } from "e";

/** Yours. */
export function f({ g }: B, h: number): number {
  return a(g, h);
}

/** Yours too. */
export function i(h: B): void {
  d(h);
}

/** Given. */
export function train(): number {
  return 1;
}
`;
  const starter = starterOf(solution, { name: "x", written: ["f", "i"] });
  expect(starter).toMatch(/^\/\*\*\n \* What it does\.\n \*\n \* Replace each `yours\(…\)`/);
  expect(starter.slice(starter.indexOf("import"), starter.indexOf("/** Stands"))).toBe(`import type { B } from "c";

/** Yours. */
export function f({ g }: B, h: number): number {
  return yours("f", g, h);
}

/** Yours too. */
export function i(h: B): void {
  yours("i", h);
}

/** Given. */
export function train(): number {
  return 1;
}

`);
});

describe("a learner's code in a process of its own", () => {
  it("may not return, end the process, or throw, which fails a test with the line, and the next test runs", async () => {
    const others = reinforce.functions.slice(1).map((name) => `export const ${name} = () => 0;`);
    const first = `export const returnsToGo = (rewards, gamma) => {
  if (rewards.length === 1) nowhere();
  if (gamma === 1) process.exit(0);
  for (;;);
};`;
    const seconds = { "returns-half": 0.2, "returns-undiscounted": 20, "returns-one-step": 20 };
    expect(await faultsIn([first, ...others].join("\n"), seconds)).toEqual([
      { mistake: "endless-loop", detail: "nothing came back within 0.2 seconds" },
      { mistake: "threw", detail: "your code ended the process" },
      { mistake: "not-imported", detail: "ReferenceError: nowhere is not defined (line 2)" },
    ]);
  });

  it("that can't be loaded is an error with the reason and the line, and with the name that was meant", async () => {
    await expect(faultsIn("throw new Error('too early');", { "returns-half": 20 })).rejects.toThrow(
      /reinforce\.mjs: the import failed: Error: too early \(line 1\)$/,
    );
    await expect(faultsIn("const a = 1;\nexport const b = [1, 2;", { "returns-half": 20 })).rejects.toThrow(
      /SyntaxError: .* \(line 2\)$/,
    );
    const torch = 'import { clip_grad_norm_ } from "ascent/optim";';
    await expect(faultsIn(torch, { "returns-half": 20 })).rejects.toThrow(
      /does not provide an export named 'clip_grad_norm_' \(line 1\)\. Did you mean clipGradNorm\?$/,
    );
  });

  it("passes the quick tests if it is the solution in JavaScript, in a folder without Ascent", async () => {
    const code = readFileSync(join(root, "exercises/reinforce/javascript/solution.js"), "utf8");
    const names = reinforce.tests.map(({ name }) => name).filter((name) => name !== "cart-pole");
    const seconds = Object.fromEntries(names.map((name) => [name, 20]));
    expect(await faultsIn(code, seconds)).toEqual(names.map(() => undefined));
  });
});

describe("ascent exercise", () => {
  it("starts, checks and hints in a folder, keeps the grade there, and overwrites nothing", async () => {
    const place = emptyPlace();
    const run = (...words: string[]) => ascent(["exercise", ...words], place);
    const started = await run("start", "reinforce", "mine", "--javascript");
    expect(started).toMatchObject({ code: 0, stderr: "" });
    expect(readdirSync(join(place, "mine")).sort()).toEqual(["package.json", "reinforce.js", "reinforce.md"]);
    expect(readFileSync(join(place, "mine/reinforce.md"), "utf8")).not.toMatch(/TypeScript/);

    const checked = await run("check", "mine");
    expect(checked.code).toBe(1);
    expect(checked.stdout).toMatch(/✗ returns to go for γ = 0\.5\n {6}returnsToGo: This function still has/);
    expect(checked.stdout).toMatch(
      /· a long gradient scaled down to length 1\n {6}waits until the tests of returnsToGo, normalise, logProbs and loss above pass\n/,
    );
    expect(checked.stdout).toMatch(/\n0 of 14 tests pass/);
    const grade = JSON.parse(readFileSync(join(place, "mine/grade.json"), "utf8"));
    expect(grade.reinforce).toMatchObject({
      passed: 0,
      of: 14,
      tests: { "loss-value": "not-written", "cart-pole": "waits" },
    });

    expect((await run("hint", "mine")).stdout).toMatch(/^returnsToGo, hint 1 of 4\n.*shows the next hint\.\n$/s);
    expect((await run("hint", "mine", "4")).stdout).toMatch(/^returnsToGo, hint 4 of 4\n.*This is the last hint\./s);

    const beside = await run("check");
    expect(beside).toMatchObject({ code: 2, stdout: "" });
    expect(beside.stderr).toMatch(
      /got "\.", allowed is a folder with an exercise\nnear it: npx ascent exercise check mine {3}# reinforce\n/,
    );

    writeFileSync(join(place, "mine/reinforce.js"), "(");
    expect((await run("hint", "mine")).stdout).toMatch(
      /SyntaxError: .*\n\nWhat follows .*\n\nreturnsToGo, hint 4 of 4/,
    );

    writeFileSync(join(place, "mine/reinforce.js"), "// mine");
    const again = await run("start", "reinforce", "mine");
    expect(again.code).toBe(2);
    expect(again.stderr).toMatch(/allowed is a folder without reinforce\.js, which is kept/);
    expect(readFileSync(join(place, "mine/reinforce.js"), "utf8")).toBe("// mine");
    expect(existsSync(join(place, "mine/reinforce.ts"))).toBe(false);
  });
});
