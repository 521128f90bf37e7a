/** `ASCENT_NUMERICS=fast`: about the same numbers, other bits, and runs that say so. */

import { copyFileSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { codeDifference, queueOf, runCode } from "../src/node/queue/run-code.js";
import { groupRuns } from "../src/sweeps/groups.js";
import type { RunOutcome } from "../src/sweeps/outcome.js";
import type { ResolvedConfig } from "../src/training/types.js";
import { bundled, outputOf } from "./programs/run-program.js";
import { someOutcomes, somePlan } from "./some-sweep.js";

interface Output {
  readonly backend: string;
  readonly numerics: string;
  readonly values: Record<string, number[]>;
  /** The outputs of a layer, row by row and of all rows. */
  readonly alone: number[];
  readonly batch: number[];
}

const FAST = { ASCENT_NUMERICS: "fast" };
const folder = mkdtempSync(join(tmpdir(), "ascent-numerics-"));
const built = existsSync(new URL("../build/native/kernels.node", import.meta.url));
let program: string;
let fast: Output | Error;

beforeAll(async () => {
  program = await bundled("numerics");
  fast = await outputOf<Output>(program, ["values"], FAST).catch((error: Error) => error);
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

/** The largest difference, as a share of the largest number. */
function apart(a: readonly number[], b: readonly number[]): number {
  expect(a.length).toBe(b.length);
  const largest = Math.max(...b.map(Math.abs));
  return Math.max(...a.map((x, i) => Math.abs(x - b[i]))) / largest;
}

describe.skipIf(!built)("fast numerics", () => {
  test("come to the numbers of exact ones, but for rounding", async ({ skip }) => {
    if (fast instanceof Error) {
      expect(fast.message).toContain("no fused multiply-add was built that this machine supports");
      return skip("this machine has no fused multiply-add");
    }
    const exact = await outputOf<Output>(program, ["values"], { ASCENT_NUMERICS: "exact" });
    expect(exact.numerics).toBe("exact");
    expect(fast.numerics).toMatch(/^fast \((avx512|avx2|baseline)\)$/);
    expect(fast.backend).toBe(`native (${fast.numerics.slice(6, -1)}, fast)`);
    for (const [name, numbers] of Object.entries(exact.values)) {
      const distance = apart(fast.values[name], numbers);
      expect(distance, name).toBeLessThan(2e-5);
      if (name === "product") expect(distance, "the sums are fused").toBeGreaterThan(0);
    }
    expect(fast.alone, "a row alone has the bits that it has in a batch").toEqual(fast.batch);
  });

  test("are recorded, and a run goes on only with its own", async ({ skip }) => {
    if (fast instanceof Error) return skip("this machine has no fused multiply-add");
    const [ofFast, ofExact] = [join(folder, "fast"), join(folder, "exact")];
    expect(await outputOf<ResolvedConfig>(program, ["save", ofFast], FAST)).toMatchObject({ numerics: fast.numerics });
    expect(await outputOf<ResolvedConfig>(program, ["save", ofExact])).not.toHaveProperty("numerics");
    await expect(outputOf(program, ["resume", ofFast])).rejects.toThrow(
      `ASCENT_NUMERICS: got "exact", allowed is ${fast.numerics}, as this run was begun with`,
    );
    await expect(outputOf(program, ["resume", ofExact], FAST)).rejects.toThrow(
      `ASCENT_NUMERICS: got "${fast.numerics}", allowed is exact, as this run was begun with`,
    );
    expect(await outputOf(program, ["resume", ofFast], FAST)).toMatchObject({ episodes: 30 });
    expect(await outputOf(program, ["load", ofFast])).toMatchObject({ numerics: fast.numerics });
  });

  test("are refused by name where they can't be", async () => {
    const outputWith = (env: NodeJS.ProcessEnv) => outputOf(program, ["values"], { ...FAST, ...env });
    await expect(outputWith({ ASCENT_BACKEND: "wasm" })).rejects.toThrow(/allowed is only exact with the WebAssembly/);
    await expect(outputWith({ ASCENT_NUMERICS: "quick" })).rejects.toThrow(/got "quick", allowed is exact or fast/);
    await expect(outputWith({ ASCENT_INSTRUCTIONS: "sse" })).rejects.toThrow(
      /ASCENT_INSTRUCTIONS: got "sse", allowed is one of .* that was built for fast numerics and that this machine supports/,
    );
  });
});

test("fast numerics are refused where the native kernels are not built", async () => {
  const elsewhere = join(folder, "program.mjs");
  copyFileSync(program, elsewhere);
  await expect(outputOf(elsewhere, ["values"], FAST)).rejects.toThrow(
    /ASCENT_NUMERICS: got "fast", allowed is only exact with .* because the native ones are not built: `npm run build`/,
  );
});

describe("where runs are compared,", () => {
  const [one] = someOutcomes(somePlan(1));
  const ran = (id: string, weightsSha256: string, numerics?: string): RunOutcome => {
    const config = numerics === undefined ? one.config : { ...one.config, numerics };
    return { ...one, id, weightsSha256, config };
  };

  test("runs of fast and of exact numerics are two groups", () => {
    const { groups, labelled } = groupRuns([ran("a", "11"), ran("b", "22", "fast (avx2)")]);
    expect(labelled).toEqual(["numerics"]);
    expect(groups.map(({ label }) => label)).toEqual(["numerics –", "numerics fast (avx2)"]);
  });

  test("only exact runs contradict each other by their weights", () => {
    expect(groupRuns([ran("a", "11"), ran("a", "22")]).contradicting).toHaveLength(1);
    const both = [ran("a", "11", "fast (avx2)"), ran("a", "22", "fast (avx2)")];
    expect(groupRuns(both)).toMatchObject({ contradicting: [], repeated: 1 });
  });

  test("a queue has workers of one kind of numerics", () => {
    const code = { versions: { ascent: "1.0.0", node: "v20" }, imports: [] };
    const [exact, other] = [runCode(code, {}), runCode(code, { numerics: "fast (avx2)" })];
    expect(exact).toEqual({ ascent: "1.0.0", modules: [] });
    expect(queueOf(exact)).not.toBe(queueOf(other));
    expect(codeDifference(exact, exact)).toBeUndefined();
    expect(codeDifference(exact, other)).toBe("it needs ASCENT_NUMERICS to be fast (avx2), and here it is exact");
  });
});
