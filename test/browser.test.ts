/** The same bits in a browser tab and in Node, with either build. */

import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { build } from "esbuild";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { toModule } from "../src/export/index.js";
import { train } from "../src/training/train.js";
import { root } from "./root.js";

const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const hasBrowser = existsSync(executablePath);
if (!hasBrowser) console.log(`skipped: no Chromium at ${executablePath}; CHROMIUM may name another place`);

const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"];
const quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync"];

/** Trains three runs and a language model, and returns the digests of their weights, in plain JavaScript for pages and Node. */
const program = `
  const hashes = [];
  for (const [updates, config] of [
    [200, { env: "CartPole-v1", preset: "exercise", seed: 1 }],
    [20, { env: "CartPole-v1", seed: 2n ** 100n }],
    [5, { env: "Pendulum-v1", seed: 3, options: { activation: "gelu" } }],
  ]) {
    const run = train(config);
    for (const { update } of run) if (update === updates) break;
    hashes.push(run.result().weightsSha256);
  }
  const pipeline = { textUpdates: 1, textBatch: 4, pairs: 4, prompts: 4, pairBatch: 4, pairEpochs: 1 };
  const language = trainLanguage({ task: "sentiment", pipeline, responses: 4 });
  for (const update of language) continue;
  hashes.push(language.result().weightsSha256);
`;

/** Moves every robot and returns a digest for each, over the bits of its observations and rewards. */
const robots = `
  await registerMujoco();
  const digests = listEnvs().slice(-8).map(({ id }) => {
    const env = make(id);
    const rng = defaultRng(3);
    const seen = [...env.reset({ seed: 1 }).observation];
    for (let t = 0; t < 45; t++) {
      const { observation, reward, terminated } = env.step(env.actionSpace.sample(rng));
      seen.push(...observation, reward);
      if (terminated) seen.push(...env.reset().observation);
    }
    return id + new BigUint64Array(Float64Array.from(seen).buffer).reduce((hash, bits) => BigInt.asUintN(64, (hash ^ bits) * 1099511628211n), 14695981039346656037n);
  });
`;

/** The outputs of a policy's network for 500 observations. */
const outputs = `
  const outputs = [];
  for (let i = 0; i < 500; i++) {
    const observation = Float32Array.from([0.37, 0.91, 0.043, 1.7], (step, j) => ((i * step + j) % 2.5) - 1.25);
    outputs.push(...policy.logits(observation), policy.act(observation));
  }
`;

function robotsInNode(...options: string[]): unknown {
  const script = `import { listEnvs, make } from "ascent/envs"; import { registerMujoco } from "ascent/mujoco"; import { defaultRng } from "ascent/random"; ${robots} console.log(JSON.stringify(digests));`;
  const words = [...options, "--input-type=module", "--eval", script];
  const { stdout, stderr } = spawnSync(process.execPath, words, { cwd: root, encoding: "utf8" });
  if (stderr !== "") throw new Error(stderr);
  return JSON.parse(stdout);
}

function exportedPolicy(): string {
  const run = train({ seed: 11, options: { hidden: [32, 32] } });
  for (const { update } of run) if (update === 20) break;
  return toModule(run.policy);
}

function hashesInNode(environment: Record<string, string>): unknown {
  const script = `import { train } from "ascent"; import { trainLanguage } from "ascent/language"; ${program} console.log(JSON.stringify(hashes));`;
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", script], {
    cwd: root,
    env: { ...process.env, ...environment },
    encoding: "utf8",
  });
  if (stderr !== "") throw new Error(stderr);
  return JSON.parse(stdout);
}

const expected = hashesInNode({ ASCENT_BACKEND: "wasm" });

describe("the same weights, bit for bit, come", () => {
  it("from four runs that differ", () => {
    expect(new Set(expected as string[]).size).toBe(4);
  });

  it.skipIf(!existsSync(join(root, "build/native/kernels.node")))("from the native kernels", () => {
    expect(hashesInNode({ ASCENT_BACKEND: "native" })).toEqual(expected);
    expect(hashesInNode({ ASCENT_BACKEND: "native", ASCENT_INSTRUCTIONS: "baseline" })).toEqual(expected);
  });

  it.skipIf(!hasBrowser)("from a bundle in Chromium", async () => {
    expect(await resultsOnPage("/bundled.html")).toEqual({ results: expected, errors: [] });
  });

  it.skipIf(!hasBrowser)("from the modules as they are, unbundled, in Chromium", async () => {
    expect(await resultsOnPage("/unbundled.html")).toEqual({ results: expected, errors: [] });
  });
});

describe("every robot moves the same, bit for bit,", () => {
  const moved = robotsInNode();

  it("in two processes, whatever compiles MuJoCo", () => {
    expect(new Set(moved as string[]).size).toBe(8);
    expect(robotsInNode("--liftoff-only")).toEqual(moved);
  });

  it("and where no text may be compiled, as under a strict policy of a page", () => {
    expect(robotsInNode("--disallow-code-generation-from-strings")).toEqual(moved);
  });

  it.skipIf(!hasBrowser)("and in Chromium", async () => {
    expect(await resultsOnPage("/robots.html")).toEqual({ results: moved, errors: [] });
  });
});

it.skipIf(!hasBrowser)("an exported policy decides in a page as it does in Node", async () => {
  const script = `const policy = await import(${JSON.stringify(dataUrl(policySource))}); ${outputs} console.log(JSON.stringify(outputs));`;
  const { stdout } = spawnSync(process.execPath, ["--input-type=module", "--eval", script], { encoding: "utf8" });
  const inNode = JSON.parse(stdout);
  expect(new Set(inNode).size).toBeGreaterThan(500);
  expect(await resultsOnPage("/policy.html")).toEqual({ results: inNode, errors: [] });
});

function dataUrl(source: string): string {
  return `data:text/javascript;charset=utf-8,${encodeURIComponent(source)}`;
}

const policySource = exportedPolicy();
let browser: Browser;
let server: Server;

beforeAll(async () => {
  if (!hasBrowser) return;
  const bundled = await build({
    stdin: {
      contents: `import { train } from "./dist/index.js"; import { trainLanguage } from "./dist/language/index.js"; ${program} globalThis.results = hashes;`,
      resolveDir: root,
    },
    bundle: true,
    minify: true,
    format: "esm",
    write: false,
  });
  const bundle = bundled.outputFiles[0].text;
  console.log(`training in a page: ${Math.round(bundle.length / 1000)} kB minified, kernels included`);
  const page = (script: string): string =>
    `<!doctype html><title>Ascent</title><script type="module">${script}</script>`;
  server = await serve({
    "/bundled.html": page(`import "/bundle.js";`),
    "/bundle.js": bundle,
    "/policy.html": page(`import * as policy from "/policy.js"; ${outputs} globalThis.results = outputs;`),
    "/policy.js": policySource,
    "/robots.html": `<script type="importmap">{ "imports": { "@mujoco/mujoco": "${MUJOCO}.js" } }</script>${page(
      `import { listEnvs, make } from "/dist/envs/index.js"; import { registerMujoco } from "/dist/mujoco/index.js"; import { defaultRng } from "/dist/random/index.js"; ${robots} globalThis.results = digests;`,
    )}`,
    "/unbundled.html": page(
      `import { train } from "/dist/index.js"; import { trainLanguage } from "/dist/language/index.js"; ${program} globalThis.results = hashes;`,
    ),
  });
  browser = await chromium.launch({ executablePath, args: [...flags, ...quiet] });
}, 60_000);

afterAll(async () => {
  await browser?.close();
  server?.close();
});

async function resultsOnPage(path: string): Promise<{ results: unknown; errors: string[] }> {
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`);
  await page
    .waitForFunction("globalThis.results !== undefined", undefined, { timeout: 30_000 })
    .catch((error: Error) => {
      errors.push(error.message);
    });
  const results = await page.evaluate("globalThis.results");
  await page.close();
  return { results, errors };
}

const MUJOCO = "/node_modules/@mujoco/mujoco/mujoco";

/** Serves the given texts, the modules in `dist`, and MuJoCo on a free local port. */
async function serve(texts: Record<string, string>): Promise<Server> {
  const types: Record<string, string> = {
    ".html": "text/html",
    ".js": "text/javascript",
    ".wasm": "application/wasm",
  };
  const isServed = (path: string): boolean =>
    /^\/dist\/[\w/-]+\.js$/.test(path) || [`${MUJOCO}.js`, `${MUJOCO}.wasm`].includes(path);
  const listening = createServer((request, response) => {
    const path = (request.url ?? "/").split("?")[0];
    const file = isServed(path) ? join(root, path) : undefined;
    const text = texts[path] ?? (file !== undefined && existsSync(file) ? readFileSync(file) : undefined);
    // Browsers request a favicon by themselves; ignore that it is missing.
    response.writeHead(text === undefined ? (path === "/favicon.ico" ? 204 : 404) : 200, {
      "content-type": types[extname(path)] ?? "text/plain",
    });
    response.end(text);
  });
  await new Promise<void>((resolve) => listening.listen(0, "127.0.0.1", resolve));
  return listening;
}
