/** Builds the page into `dist/lab`, with relative addresses, so that it runs below any path of any host. */

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin, type Rollup } from "vite";
import { compilerLicence, isolatedEngine, ownEnvTypes } from "./own-env-build.js";
import { teachingPages } from "./pages/plugin.js";
import { servedRobots } from "./robots-build.js";

const root = fileURLToPath(new URL("../", import.meta.url));
const { version, exports } = JSON.parse(readFileSync(`${root}package.json`, "utf8")) as {
  version: string;
  exports: Record<string, { default: string }>;
};

/** The package, by its public names alone: what is not exported can't be imported here. */
function publicExports(): Plugin {
  return {
    name: "public-exports",
    enforce: "pre",
    resolveId(name) {
      if (name !== "ascent" && !name.startsWith("ascent/")) return undefined;
      const target = exports[`.${name.slice("ascent".length)}`];
      if (target === undefined) throw new Error(`${name} is no entry of the package`);
      return root + target.default.slice(2);
    },
  };
}

/** Fetched by the room of language models. `ascent rlhf --from shipped` reads it here too, so that the package has it once. */
const MODEL = "sentiment.safetensors";
const model = readFileSync(`${root}models/${MODEL}`);

function shippedModel(): Plugin {
  return {
    name: "shipped-model",
    apply: "build",
    buildStart() {
      this.emitFile({ type: "asset", fileName: MODEL, source: model });
    },
  };
}

/** What the first room needs: the script of the page, what it imports at once, its style, and the engine. */
function firstFiles(bundle: Rollup.OutputBundle): string[] {
  const files = new Set<string>();
  const add = (name: string): void => {
    const file = bundle[name];
    if (files.has(name) || file?.type !== "chunk") return;
    files.add(name);
    file.imports.forEach(add);
    for (const css of file.viteMetadata?.importedCss ?? []) files.add(css);
  };
  for (const [name, file] of Object.entries(bundle)) if (file.type === "chunk" && file.isEntry) add(name);
  const codeOf = (name: string): string => {
    const file = bundle[name];
    return file?.type === "chunk" ? file.code : "";
  };
  const first = [...files].map(codeOf).join("\n");
  // Parts of other workers have such names too, but the first room's scripts name the engine alone.
  for (const name of Object.keys(bundle))
    if (/^assets\/worker-/.test(name) && first.includes(name.slice("assets/".length))) files.add(name);
  return [...files].sort();
}

/** Writes the service worker, with the names of all files of the build. */
function serviceWorker(): Plugin {
  return {
    name: "service-worker",
    apply: "build",
    generateBundle(_, bundle) {
      const files = Object.keys(bundle).filter((name) => name !== "index.html");
      // The model has no digest in its name.
      const build = createHash("sha256").update(files.join()).update(model).digest("hex").slice(0, 16);
      const first = [...firstFiles(bundle), "icon.svg", "manifest.webmanifest"];
      const source = readFileSync(`${root}lab/service-worker.js`, "utf8")
        .replace("ASCENT_BUILD", build)
        .replace('["ASCENT_FIRST"]', JSON.stringify(first))
        .replace('["ASCENT_LATER"]', JSON.stringify(files.filter((name) => !first.includes(name))));
      this.emitFile({ type: "asset", fileName: "sw.js", source });
    },
  };
}

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  base: "./",
  plugins: [
    publicExports(),
    isolatedEngine("virtual:own-env-engine", "lab/src/own-env/own-engine.ts", [publicExports()]),
    isolatedEngine("virtual:lesson-engine", "lab/src/learn/own-code/lesson-engine.ts", [publicExports()]),
    compilerLicence(),
    teachingPages(root),
    shippedModel(),
    serviceWorker(),
  ],
  define: { ASCENT_VERSION: JSON.stringify(version) },
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  // A worker in modules can load parts of itself later.
  worker: {
    format: "es",
    plugins: () => [publicExports(), servedRobots(), ownEnvTypes(), teachingPages(root)],
    // What a worker needs at once is one file: several would have long lists of names between them.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: "worker", tags: ["$initial"] }] } } },
  },
  build: {
    outDir: `${root}dist/lab`,
    emptyOutDir: true,
    target: "es2023",
    // The compiler of the editor is large, and only loaded with it.
    chunkSizeWarningLimit: 5000,
    modulePreload: { polyfill: false },
    license: { fileName: "licences.txt" },
    // To build the engine of a room takes a while, and that is all right.
    rolldownOptions: { checks: { pluginTimings: false } },
  },
});
