// Builds everything that is not committed: the kernels as WebAssembly, the kernels as a native addon where a C compiler
// is found, and the library itself. `node scripts/build.mjs kernels` stops before the last.
import { spawnSync } from "node:child_process";
import { chmodSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { buildNative } from "./native.mjs";
import { buildWasm } from "./wasm.mjs";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
await buildWasm();
buildNative();
if (process.argv[2] !== "kernels") {
  buildLibrary();
  await buildLab();
  linkProgram();
}

/**
 * Compiles beside the old library and takes its place only when there was no error. Types are not checked here, which
 * takes half of the time: `npm run types` does it, and so does a test.
 */
function buildLibrary() {
  const fresh = `build/dist-${process.pid}`;
  const compiler = [
    "node_modules/typescript-native/bin/tsc",
    "-p",
    "tsconfig.build.json",
    "--noCheck",
    "--outDir",
    fresh,
  ];
  const { status } = spawnSync(process.execPath, compiler, { stdio: "inherit" });
  if (status !== 0) {
    rmSync(fresh, { recursive: true, force: true });
    process.exit(1);
  }
  chmodSync(`${fresh}/cli/main.js`, 0o755);
  rmSync("dist", { recursive: true, force: true });
  renameSync(fresh, "dist");
}

/** Builds the page of `ascent lab` into `dist/lab`, from the library as it was just built. */
async function buildLab() {
  const { build } = await import("vite");
  await build({ configFile: "lab/vite.config.ts", logLevel: "warn" });
}

/**
 * Lets `npx ascent` find the program as it finds those of dependencies. Without this link npx puts the clone into its cache
 * first, and Ctrl-C at that moment leaves a folder there that no later npx can read. Windows has no such links without
 * special rights; npx then takes the longer way.
 */
function linkProgram() {
  if (process.platform === "win32") return;
  rmSync("node_modules/.bin/ascent", { force: true });
  symlinkSync("../../dist/cli/main.js", "node_modules/.bin/ascent");
}
