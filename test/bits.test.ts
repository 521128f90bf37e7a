/** The same bits from WebAssembly and from native code with every instruction set that this machine has. */

import { existsSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { bundled, outputOf } from "./programs/run-program.js";

interface Output {
  readonly backend: string;
  readonly results: Record<string, string>;
}

const built = existsSync(new URL("../build/native/kernels.node", import.meta.url));
let program: string;
let fromWasm: Output;

beforeAll(async () => {
  program = await bundled("kernel-bits");
  fromWasm = await outputOf<Output>(program, [], { ASCENT_BACKEND: "wasm" });
}, 60_000);

test("WebAssembly runs every kernel", () => {
  expect(fromWasm.backend).toBe("wasm");
  expect(Object.keys(fromWasm.results).length).toBeGreaterThan(30);
});

describe.skipIf(!built)("native code gives WebAssembly's bits", () => {
  for (const instructions of process.arch === "x64" ? ["avx512", "avx2", "baseline"] : ["baseline"]) {
    test(`with ${instructions}`, async ({ skip }) => {
      const env = { ASCENT_BACKEND: "native", ASCENT_INSTRUCTIONS: instructions, ASCENT_THREADS: "" };
      const output = await outputOf<Output>(program, [], env).catch((error: Error) => error);
      if (output instanceof Error) {
        expect(output.message).toContain("that was built and that this machine supports");
        return skip(`this machine has no ${instructions}`);
      }
      expect(output.backend).toBe(`native (${instructions})`);
      expect(output.results).toEqual(fromWasm.results);
    });
  }

  for (const threads of [2, 3]) {
    test(`with ${threads} threads`, async () => {
      const env = { ASCENT_BACKEND: "native", ASCENT_THREADS: String(threads) };
      const output = await outputOf<Output>(program, [], env);
      expect(output.backend).toMatch(new RegExp(`^native \\(.*, ${threads} threads\\)$`));
      expect(output.results).toEqual(fromWasm.results);
    });
  }

  test("a number of threads that makes no sense is refused by name", async () => {
    const refused = outputOf<Output>(program, [], { ASCENT_BACKEND: "native", ASCENT_THREADS: "two" });
    await expect(refused).rejects.toThrow(/ASCENT_THREADS: got "two", allowed.* a whole number from 1 to 64/);
  });
});
