/** The package as users get it: packed, installed into an empty folder, imported, run, and compiled against. */

import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tsc } from "./compiler.js";
import { root } from "./root.js";

const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  version: string;
  exports: Record<string, unknown>;
  scripts: Record<string, string>;
};
const entryPoints = Object.keys(manifest.exports)
  .filter((subpath) => subpath !== "./package.json")
  .map((subpath) => `ascent${subpath.slice(1)}`);

const folder = mkdtempSync(join(tmpdir(), "ascent-package-"));
const user = join(folder, "user");
let tarball: string;
let packed: { files: { path: string }[]; size: number; unpackedSize: number };

/** npm without the environment of a surrounding npm, and offline. */
function npm(cwd: string, ...args: string[]): string {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("npm_")));
  return execFileSync("npm", [...args, "--offline", "--ignore-scripts"], { cwd, env, encoding: "utf8", stdio: "pipe" });
}

function node(cwd: string, ...args: string[]): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd, encoding: "utf8" });
  return { status, output: stdout + stderr };
}

beforeAll(() => {
  [packed] = JSON.parse(npm(root, "pack", "--json", "--pack-destination", folder));
  tarball = join(folder, `ascent-${manifest.version}.tgz`);
  mkdirSync(user);
  writeFileSync(join(user, "package.json"), '{ "private": true, "type": "module" }');
  // The dependency comes from here too: a test needs no network.
  npm(user, "install", "--no-audit", join(root, "node_modules/gifenc"), tarball);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the package", () => {
  it("holds the library and the kernels' sources, and nothing that was built for one machine or only for tests", () => {
    const paths = packed.files.map(({ path }) => path);
    console.log(
      `${paths.length} files, ${Math.round(packed.size / 1e3)} kB packed, ${Math.round(packed.unpackedSize / 1e3)} kB unpacked`,
    );
    for (const path of ["dist/index.js", "dist/index.d.ts", "dist/cli/main.js", "dist/kernels/generated/floats.js"])
      expect(paths).toContain(path);
    for (const path of [
      "src/kernels/kernels.c",
      "src/kernels/gemm.h",
      "scripts/native.mjs",
      "README.md",
      "LICENSE",
      "CHANGELOG.md",
    ])
      expect(paths).toContain(path);
    expect(
      paths.filter((path) =>
        /\.test\.|\.node$|\.o$|\.tsbuildinfo$|(^|\/)(test|bench|runs|examples|wrong)\//.test(path),
      ),
    ).toEqual([]);
    expect(
      paths.filter(
        (path) =>
          !/^(dist\/.*\.(js|d\.ts)|dist\/lab\/.*\.(html|css|svg|txt|webmanifest|safetensors)|src\/kernels\/(tables\/)?\w[\w-]*\.[ch]|scripts\/\w+\.mjs|exercises\/[\w/-]+\.(ts|js|md)|docs\/lecture\/[\w-]+\.md|[\w.-]+)$/.test(
            path,
          ),
      ),
    ).toEqual([]);
    // The model has 400 kB, once; the rest of the lab 2.5 MB: 1.1 of them are the compiler of its editor.
    expect(paths.filter((path) => path.endsWith(".safetensors"))).toEqual(["dist/lab/sentiment.safetensors"]);
    expect(packed.size).toBeLessThan(4_700_000);
  });

  it("has no script that npm runs when it links a clone: npx ascent there neither builds nor breaks npm's cache", () => {
    const linked = ["preinstall", "prepare", "install", "postinstall"];
    expect(Object.keys(manifest.scripts).filter((name) => linked.includes(name))).toEqual([]);
    // npm ci runs the one, and npm pack the other.
    const { postprepare, prepack } = manifest.scripts;
    expect([postprepare, prepack]).toEqual(["npm run build", "npm run build"]);
  });

  it.skipIf(process.platform === "win32")("is found by npx in a clone as a dependency's program is", () => {
    expect(realpathSync(join(root, "node_modules/.bin/ascent"))).toBe(realpathSync(join(root, "dist/cli/main.js")));
  });

  it("has the version of the newest entry of the change log, in the lock file too", () => {
    const [, newest] = /^## (\S+?)(?:, unreleased)?$/m.exec(readFileSync(join(root, "CHANGELOG.md"), "utf8")) ?? [];
    const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as {
      version: string;
      packages: Record<string, { version: string }>;
    };
    expect([newest, lock.version, lock.packages[""].version]).toEqual(Array(3).fill(manifest.version));
  });

  it("satisfies publint", async () => {
    const { messages, pkg } = await publint({ pkgDir: join(user, "node_modules/ascent"), pack: false, strict: true });
    expect(messages.map((message) => formatMessage(message, pkg, { color: false }))).toEqual([]);
  });

  it("has types that every way of importing finds (attw, ESM only)", () => {
    // All entries have one form, so that two of them stand for all: attw compiles each five times.
    for (const [subpath, target] of Object.entries(manifest.exports).filter(([name]) => name !== "./package.json")) {
      const { types } = target as { types: string };
      expect([subpath, target]).toEqual([subpath, { types, default: types.replace(/\.d\.ts$/, ".js") }]);
    }
    const attw = join(root, "node_modules/@arethetypeswrong/cli/dist/index.js");
    const options = ["--profile", "esm-only", "--no-emoji", "--no-color", "--entrypoints", ".", "./tensor"];
    const { status, output } = node(folder, attw, tarball, ...options);
    expect(status, output).toBe(0);
  });

  it("has no dead exports, files or dependencies (knip)", () => {
    const { status, output } = node(root, join(root, "node_modules/knip/bin/knip.js"), "--no-progress");
    expect(status, output).toBe(0);
  });

  it("has a lock file that npm ci accepts on every platform, and that names no registry", () => {
    const text = readFileSync(join(root, "package-lock.json"), "utf8");
    const lock = JSON.parse(text) as { packages: Record<string, { optionalDependencies?: Record<string, string> }> };
    const wanted = Object.values(lock.packages).flatMap(({ optionalDependencies = {} }) =>
      Object.keys(optionalDependencies),
    );
    expect(
      wanted.filter((name) => !(`node_modules/${name}` in lock.packages)),
      "npm run lock adds them",
    ).toEqual([]);
    expect(text).not.toMatch(/"resolved"|https?:\/\/(?!opencollective|github|paulmillr|tidelift)[^"]*(registry|npm)/);
  });
});

describe("installed into an empty folder, it", () => {
  it("can be imported from every entry point", () => {
    const script = `for (const name of ${JSON.stringify(entryPoints)}) {
      const names = Object.keys(await import(name));
      if (names.length === 0) throw new Error(name + " exports nothing");
    }
    const { train } = await import("ascent");
    const run = train({ episodes: 4, options: { episodesPerUpdate: 2 } });
    for (const update of run) console.log(update.episodes);
    console.log(run.result().weightsSha256.length);`;
    const { status, output } = node(user, "--input-type=module", "--eval", script);
    expect({ status, output }).toEqual({ status: 0, output: "2\n4\n64\n" });
  });

  it("answers npx ascent --version", () => {
    expect(npm(user, "exec", "--", "ascent", "--version").trim()).toBe(manifest.version);
  });

  it("compiles strictly with its types, in Node's and in a bundler's way of resolving", () => {
    const uses = `
import { make, train, type Update } from "ascent";
import type { Env } from "ascent/envs";
import { tensor } from "ascent/tensor";
declare module "ascent/envs" {
  interface KnownEnvs {
    "MyGame-v0": Env<Float32Array, number>;
  }
}
const game: Env<Float32Array, number> = make("MyGame-v0");
const observation: Float32Array = make("CartPole-v1").reset({ seed: 1 }).observation;
// @ts-expect-error Taxi's observation is a number.
const wrong: Float32Array = make("Taxi-v4").reset().observation;
for (const update of train({ env: "CartPole-v1" })) ((u: Update): number => u.averageReturn)(update);
console.log(game, observation, wrong, tensor([1, 2]).square().sum().item());
`;
    writeFileSync(join(user, "uses.ts"), uses);
    cpSync(join(root, "test/types"), join(user, "types"), { recursive: true });
    const compilerOptions = { noEmit: true, strict: true, target: "es2023", lib: ["es2023", "dom"], types: [] };
    // The declarations themselves are checked once.
    for (const [moduleResolution, module, exactOptionalPropertyTypes, skipLibCheck, include] of [
      ["nodenext", "nodenext", true, false, ["uses.ts", "types"]],
      ["bundler", "esnext", false, true, ["uses.ts"]],
    ]) {
      const options = { ...compilerOptions, moduleResolution, module, exactOptionalPropertyTypes, skipLibCheck };
      const config = { compilerOptions: options, include };
      writeFileSync(join(user, "tsconfig.json"), JSON.stringify(config));
      const { status, output } = node(user, tsc, "-p", "tsconfig.json");
      expect(status, output).toBe(0);
    }
  });
});
