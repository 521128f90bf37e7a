// Builds everything that is not committed: the kernels as WebAssembly, the kernels as a native addon where a C compiler
// is found, and the library itself. `node scripts/build.mjs kernels` stops before the last.
import { spawnSync } from "node:child_process";
import { chmodSync, rmSync } from "node:fs";
import { buildNative } from "./native.mjs";
import { buildWasm } from "./wasm.mjs";

await buildWasm();
buildNative();
if (process.argv[2] !== "kernels") {
  rmSync("dist", { recursive: true, force: true, filter: (path) => !path.endsWith(".node") });
  const tsc = spawnSync(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "tsconfig.build.json"], {
    stdio: "inherit",
  });
  if (tsc.status !== 0) process.exit(1);
  chmodSync("dist/cli/main.js", 0o755);
}
