// Builds everything that is not committed: the kernels as WebAssembly, the kernels as a native addon where a C compiler
// is found, and the library itself. `node scripts/build.mjs kernels` stops before the last.
import { spawnSync } from "node:child_process";
import { chmodSync, renameSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { buildNative } from "./native.mjs";
import { buildWasm } from "./wasm.mjs";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
await buildWasm();
buildNative();
if (process.argv[2] !== "kernels") buildLibrary();

/** Compiles beside the old library and takes its place only when there was no error. */
function buildLibrary() {
  const fresh = `build/dist-${process.pid}`;
  const compiler = ["node_modules/typescript/bin/tsc", "-p", "tsconfig.build.json", "--outDir", fresh];
  const { status } = spawnSync(process.execPath, compiler, { stdio: "inherit" });
  if (status !== 0) {
    rmSync(fresh, { recursive: true, force: true });
    process.exit(1);
  }
  chmodSync(`${fresh}/cli/main.js`, 0o755);
  rmSync("dist", { recursive: true, force: true });
  renameSync(fresh, "dist");
}
