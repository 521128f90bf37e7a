import { execFile } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";
import { root } from "./source-tree.js";

it("TypeScript accepts sources, tests, examples and type tests", async () => {
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const said = new Promise<string>((resolve) =>
    execFile(process.execPath, [tsc, "-p", "tsconfig.json", "--pretty", "false"], { cwd: root }, (_, stdout) =>
      resolve(stdout),
    ),
  );
  expect(await said).toBe("");
});
