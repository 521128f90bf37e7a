// Compiles the same kernels as a Node-API addon where a C compiler is found, once for each instruction set that
// the processor family has; the addon picks the best one it can run. Without a compiler nothing is built and nothing is lost
// but speed. `node scripts/native.mjs` builds it in an installed package too. For ASCENT_NUMERICS=fast, the sets that have a
// fused multiply-add are compiled a second time, with leave to use it.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { kernelFolder, readPrototypes, readSources } from "./prototypes.mjs";

const folder = new URL("../build/native/", import.meta.url);
const addon = new URL("kernels.node", folder);
const stamp = new URL("kernels.sha256", folder);

// Functions and loops start at a cache line: else a kernel becomes up to 5 % slower when one before it grows.
const flags = [
  "-O3",
  "-std=gnu11",
  "-pthread",
  "-fPIC",
  "-fno-math-errno",
  "-falign-functions=64",
  "-falign-loops=64",
  "-fvisibility=hidden",
  "-w",
];
const EXACT = "-ffp-contract=off";
const FAST = "-ffp-contract=fast";
const avx512 = ["-mavx512f", "-mavx512vl", "-mavx512dq", "-mavx512bw", "-mprefer-vector-width=512"];
const instructionSets = {
  x64: {
    avx512: [EXACT, ...avx512],
    avx2: [EXACT, "-mavx2"],
    baseline: [EXACT],
    fast_avx512: [FAST, ...avx512, "-mfma"],
    fast_avx2: [FAST, "-mavx2", "-mfma"],
  },
  arm64: { baseline: [EXACT], fast_baseline: [FAST] },
}[process.arch];

export function buildNative() {
  const compiler = process.env.CC ?? "cc";
  if (!instructionSets || process.env.ASCENT_NATIVE === "off" || spawnSync(compiler, ["--version"]).status !== 0) {
    console.log("native kernels: not built (no C compiler); WebAssembly does everything");
    return;
  }
  const sources = readSources();
  const digest = createHash("sha256")
    .update(
      JSON.stringify([
        flags,
        instructionSets,
        sources,
        process.arch,
        readFileSync(fileURLToPath(import.meta.url), "utf8"),
      ]),
    )
    .digest("hex");
  if (existsSync(addon) && existsSync(stamp) && readFileSync(stamp, "utf8") === digest) return;

  // In a folder of its own, so that two builds at once do not take each other's files away.
  mkdirSync(folder, { recursive: true });
  const workshop = pathToFileURL(`${mkdtempSync(fileURLToPath(new URL("build-", folder)))}/`);
  const path = (name) => fileURLToPath(new URL(name, workshop));
  const run = (...args) => {
    const { status, stderr } = spawnSync(compiler, args, { encoding: "utf8" });
    if (status !== 0) throw new Error(stderr);
  };
  try {
    const names = Object.keys(instructionSets);
    const roots = ["kernels.c", "language.c"];
    const objects = [];
    for (const name of names) {
      for (const root of roots) {
        const source = fileURLToPath(new URL(root, kernelFolder));
        const object = path(`${root}-${name}.o`);
        run(...flags, ...instructionSets[name], `-DISA=${name}`, "-c", source, "-o", object);
        objects.push(object);
      }
    }
    const prototypes = roots.flatMap((root) => readPrototypes(sources, root));
    const shared = [...sources["addon-threads.h"].matchAll(/^static void shared_(\w+)/gm)].map(([, name]) => name);
    writeFileSync(path("addon.c"), wrappers(prototypes, names, shared));
    run(
      ...flags,
      `-I${headerFolder()}`,
      `-I${fileURLToPath(kernelFolder)}`,
      "-c",
      path("addon.c"),
      "-o",
      path("addon.o"),
    );
    // On Linux the addon stays loaded when the Node thread that loaded it ends: its own threads go on.
    const linking = process.platform === "darwin" ? ["-undefined", "dynamic_lookup"] : ["-Wl,-z,nodelete"];
    run("-shared", "-pthread", ...linking, "-o", path("kernels.partial"), path("addon.o"), ...objects, "-lm");
    renameSync(path("kernels.partial"), addon);
    writeFileSync(stamp, digest);
    console.log(`native kernels: ${names.join(", ")}`);
  } catch (error) {
    for (const old of [addon, stamp]) rmSync(old, { force: true });
    console.log(`native kernels: not built, WebAssembly does everything\n${error.message}`);
  } finally {
    rmSync(workshop, { recursive: true, force: true });
  }
}

/** Where node_api.h lies: in the development dependency, or beside Node itself where this is an installed package. */
function headerFolder() {
  try {
    return join(dirname(createRequire(import.meta.url).resolve("node-api-headers/package.json")), "include");
  } catch {
    return join(dirname(process.execPath), "../include/node");
  }
}

/**
 * The part of the addon that follows from the prototypes: a table of kernels for each instruction set, and a wrapper a
 * kernel. Those in `shared` are called by way of `addon-threads.h`. Another kernel whose last parameters are `from` and
 * `to` computes that range of independent units of work, so its range is split among the threads.
 */
function wrappers(prototypes, names, shared) {
  const c = { pointer: "f32 *", i32: "i32 ", f32: "f32 ", f64: "f64 " };
  // The kernels' own prototypes differ in const and i32 pointers; to a caller of the symbol all pointers are alike.
  const signature = (p) => p.parameters.map((a) => `${c[a.type]}${a.name}`).join(", ");
  const lines = ['#include "addon.h"', ""];
  for (const name of names) for (const p of prototypes) lines.push(`${p.returns} ${p.name}_${name}(${signature(p)});`);
  lines.push("", "struct kernels {");
  for (const p of prototypes) lines.push(`  ${p.returns} (*${p.name})(${signature(p)});`);
  lines.push("};", "static struct kernels k;", "", '#include "addon-threads.h"', "");
  const split = prototypes.filter((p) => !shared.includes(p.name) && takesRange(p));
  for (const p of split) {
    const fields = p.parameters.map((a) => `${c[a.type]}${a.name};`).join(" ");
    const given = p.parameters.slice(0, -2).map((a) => `j->${a.name}`);
    lines.push(
      `struct ${p.name}_job { ${fields} };`,
      `static void ${p.name}_range(const void *job, i32 from, i32 to) {`,
      `  const struct ${p.name}_job *j = job;`,
      `  k.${p.name}(${[...given, "from", "to"].join(", ")});`,
      "}",
      `static void shared_${p.name}(${signature(p)}) {`,
      `  const struct ${p.name}_job job = {${p.parameters.map((a) => a.name).join(", ")}};`,
      `  share(${p.name}_range, &job, from, to, part_of_units(to - from));`,
      "}",
      "",
    );
  }
  const threaded = [...shared, ...split.map((p) => p.name)];
  for (const p of prototypes) {
    const read = p.parameters.map((a, j) =>
      a.type === "pointer" ? `POINTER(${j})` : a.type === "i32" ? `INTEGER(${j})` : `REAL(${j})`,
    );
    const call = `${threaded.includes(p.name) ? "shared_" : "k."}${p.name}(${read.join(", ")})`;
    lines.push(
      `static napi_value call_${p.name}(napi_env env, napi_callback_info info) {`,
      `  ARGUMENTS(${p.parameters.length});`,
      p.returns === "void" ? `  ${call};\n  return NULL;` : `  RETURN_${p.returns.toUpperCase()}(${call});`,
      "}",
    );
  }
  const exact = names.filter((name) => !name.startsWith("fast_"));
  const best = exact.map((name) => `  if (can_run("${name}")) return "${name}";`).join("\n");
  lines.push(
    "",
    `static const char *best_set(void) {\n${best}\n  return "baseline";\n}`,
    "",
    "static int use_set(const char *name) {",
    ...names.flatMap((name) => [
      `  if (!strcmp(name, "${name}")) {`,
      ...prototypes.map((p) => `    k.${p.name} = ${p.name}_${name};`),
      "    return 1;",
      "  }",
    ]),
    "  return 0;",
    "}",
    "",
    "static const struct { const char *name; napi_callback call; } wrapped[] = {",
    ...prototypes.map((p) => `  {"${p.name}", call_${p.name}},`),
    "};",
    "",
    '#include "addon-init.h"',
    "",
  );
  return lines.join("\n");
}

function takesRange({ parameters }) {
  return parameters.at(-2)?.name === "from" && parameters.at(-1)?.name === "to";
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) buildNative();
