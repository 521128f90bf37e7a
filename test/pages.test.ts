/** Checks the documentation: generated tables are up to date, links resolve, lines are short, and code blocks run. */

import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { format } from "node:util";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { cellsOf } from "../scripts/cells.mjs";
import { statedMeasurements } from "../scripts/lecture-tables.mjs";
import { filledIn, pages, pictures } from "../scripts/pages.mjs";
import { algorithmEntry, listAlgorithms } from "../src/algorithms/index.js";
import { categorical } from "../src/distributions/index.js";
import * as doctor from "../src/doctor/index.js";
import { RANGES } from "../src/doctor/ranges.js";
import { listEnvs, make } from "../src/envs/index.js";
import * as lab from "../src/estimators/index.js";
import * as figures from "../src/figures/index.js";
import * as games from "../src/games/index.js";
import * as language from "../src/language/index.js";
import * as lecture from "../src/lecture/index.js";
import { formulaText } from "../src/lecture/page/formula.js";
import * as preferences from "../src/lecture/preferences.js";
import { registerMujoco } from "../src/mujoco/index.js";
import { mlp } from "../src/nn/index.js";
import { animatedGif } from "../src/node/animated-gif.js";
import { adam, clipGradNorm, gradNorm, sgd } from "../src/optim/index.js";
import { allowed } from "../src/options.js";
import { chartSvg } from "../src/plot/index.js";
import { defaultRng } from "../src/random/index.js";
import { sweepMapsSvg } from "../src/report/sweep/map-picture.js";
import * as rollout from "../src/rollout/index.js";
import { toSvg } from "../src/scene/index.js";
import { box, discrete } from "../src/spaces/index.js";
import { runsOf } from "../src/sweeps/plan.js";
import { summarise } from "../src/sweeps/summary.js";
import * as tabular from "../src/tabular/index.js";
import { minimum, parameter, stack, tensor, zeros } from "../src/tensor/index.js";
import { play } from "../src/training/evaluate.js";
import { train } from "../src/training/train.js";
import { pagePrograms } from "./page-programs.js";
import { root } from "./root.js";

const documents = pages().map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));
await registerMujoco();
const registered = listEnvs();
const stated = statedMeasurements();
const drawing = { chartSvg, toSvg, animatedGif, runsOf, summarise, sweepMapsSvg };
const byHand = { categorical, mlp, adam, sgd, clipGradNorm, gradNorm, minimum, parameter, stack, tensor, zeros };
const sick = { ...doctor, RANGES, box, discrete };
const library = {
  algorithmEntry,
  listEnvs: () => registered,
  make,
  allowed,
  train,
  play,
  defaultRng,
  ...drawing,
  ...byHand,
  ...sick,
  ...lab,
  ...figures,
  ...lecture,
  ...preferences,
  ...rollout,
  ...tabular,
  // Some of its names are those of other parts.
  language,
  games,
  // `lecture.test.ts` measures the claims again, and compares the results with the pages.
  measured: ({ number }: lecture.Claim) => stated.get(number),
};

describe("the generated parts of the pages", () => {
  it.each(documents.filter(({ text }) => text.includes("<!-- from the code:")))(
    "$path is up to date (npm run pages)",
    ({ text }) => {
      expect(text).toBe(filledIn(text, library));
    },
  );

  it("include the pictures, with the same bits (npm run pages)", () => {
    const drawn = pictures(library);
    expect(drawn.length).toBeGreaterThan(10);
    const old = drawn.filter(
      ([path, drawn]) => !existsSync(join(root, path)) || !readFileSync(join(root, path)).equals(Buffer.from(drawn)),
    );
    expect(old.map(([path]) => path)).toEqual([]);
  });

  it("leave out no environment and no algorithm", () => {
    const about = (folder: string): string =>
      documents
        .filter(({ path }) => path.startsWith(folder) && !path.endsWith("README.md"))
        .map(({ text }) => text)
        .join();
    expect(registered.filter(({ id }) => !about("docs/envs/").includes(id)).map(({ id }) => id)).toEqual([]);
    expect(listAlgorithms().filter(({ name }) => !existsSync(join(root, `docs/algorithms/${name}.md`)))).toEqual([]);
  });
});

describe("links", () => {
  it.each(documents)("of $path lead somewhere", ({ path, text }) => {
    const targets = [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1]);
    const broken = targets.filter((target) => !/^https?:/.test(target) && !leadsSomewhere(path, target));
    expect(broken).toEqual([]);
  });
});

describe("formulae", () => {
  it.each(documents)("of $path can be read, and have a } for each {", ({ text }) => {
    const formulae = [...withoutCode(text).matchAll(/\$\$([^$]+)\$\$|\$([^$]+)\$/g)].map(
      ([, block, inline]) => block ?? inline,
    );
    for (const tex of formulae) expect(formulaText(tex), tex).not.toMatch(/\\/);
  });
});

describe("lines of prose", () => {
  it.each(documents)("of $path have at most 120 columns", ({ text }) => {
    expect(longLines(text)).toEqual([]);
  });

  it("are found when they are too long, and code, tables, generated blocks and link targets are not", () => {
    const words = "word ".repeat(30).trim();
    expect(longLines(`# Title\n\n${words}\n`)).toEqual([words]);
    expect(longLines(`- ${words}`)).toEqual([`- ${words}`]);
    const target = `See [a page](https://example.org/${"x".repeat(120)}).`;
    const generated = `<!-- from the code: choices ppo -->\n${words}\n<!-- end -->`;
    expect(longLines(`\`\`\`sh\n${words}\n\`\`\`\n\n| ${words} |\n\n${target}\n\n${generated}\n`)).toEqual([]);
  });
});

/** Lines over 120 columns outside of code, tables and generated blocks; the target of a link does not count. */
function longLines(text: string): string[] {
  const prose = text.replace(/^```[\s\S]*?^```/gm, "").replace(/<!-- from the code:[\s\S]*?<!-- end -->/g, "");
  const lines = prose.split("\n").filter((line) => !line.startsWith("|"));
  return lines.filter((line) => [...line.replace(/\]\([^)]*\)/g, "]()")].length > 120);
}

function withoutCode(text: string): string {
  return text.replace(/```[\s\S]*?```/g, "").replace(/`[^`\n]*`/g, "");
}

function leadsSomewhere(from: string, target: string): boolean {
  const [path, anchor] = target.split("#");
  const file = path === "" ? join(root, from) : join(root, dirname(from), path);
  if (!existsSync(file)) return false;
  if (anchor === undefined) return true;
  const headings = [...readFileSync(file, "utf8").matchAll(/^#+ (.+)$/gm)].map((match) => match[1]);
  return headings.some((heading) => slug(heading) === anchor);
}

/** The anchor that Markdown viewers make of a heading. */
function slug(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
    .replaceAll(" ", "-");
}

// `types.test.ts` compiles them.
const programs = pagePrograms().filter(({ typesOnly }) => !typesOnly);
const fileOf = (name: string): string => join(root, "build/pages", `${name}.ts`);

describe("code on the pages", () => {
  beforeAll(() => {
    mkdirSync(join(root, "build/pages"), { recursive: true });
    for (const { name, code } of programs) writeFileSync(fileOf(name), code);
  });
  afterAll(() => rmSync(join(root, "build/pages"), { recursive: true, force: true }));

  it.each(programs)("runs: $name", async ({ name, code, path }) => {
    const lines: string[] = [];
    const log = vi.spyOn(console, "log").mockImplementation((...values) => void lines.push(format(...values)));
    await import(/* @vite-ignore */ fileOf(name));
    expect(log).toHaveBeenCalled();
    log.mockRestore();
    const { text } = documents.find((document) => document.path === path)!;
    const cell = cellsOf(text).find((one) => one.code === code);
    if (cell !== undefined) expect(cell.output, "npm run pages").toBe(lines.map((line) => `${line}\n`).join(""));
  });
});

describe("the README", () => {
  const readme = documents[0].text;

  it("begins with two commands, each of which includes the installation", () => {
    const commands = [...readme.matchAll(/```sh\n(.*)\n```/g)].map((match) => match[1]);
    expect(commands).toEqual(["npm ci && npx ascent train", "npm ci && npm test"]);
  });

  it("gets from an import to a trained policy in 15 lines", async () => {
    const [, code] = /```js\n([\s\S]*?)```/.exec(readme) as RegExpExecArray;
    expect(code.split("\n").filter((line) => line.trim() !== "").length).toBeLessThanOrEqual(15);
    const file = join(root, "build/pages", "readme-checked.ts");
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, code);
    const lines: unknown[] = [];
    const log = vi.spyOn(console, "log").mockImplementation((line) => lines.push(line));
    await import(/* @vite-ignore */ file);
    log.mockRestore();
    expect(lines.find((line) => String(line).startsWith("Solved at episode"))).toBeDefined();
    expect(Number(/average ([\d.]+)$/.exec(String(lines.at(-2)))?.[1])).toBeGreaterThan(450);
  });
});

it("every page is in the table of contents", () => {
  const contents =
    documents.find(({ path }) => path === "docs/README.md")!.text +
    documents.find(({ path }) => path === "docs/envs/README.md")!.text +
    documents.find(({ path }) => path === "docs/lecture/README.md")!.text;
  const missing = documents.filter(
    ({ path }) =>
      path.startsWith("docs/") && !contents.includes(`${basename(path)})`) && basename(path) !== "README.md",
  );
  expect(missing.map(({ path }) => path)).toEqual([]);
});
