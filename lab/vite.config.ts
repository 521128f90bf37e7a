/** Builds the page into `dist/lab`, with relative addresses, so that it runs below any path of any host. */

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";

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

/** Writes the service worker, with the names of all files of the build. */
function serviceWorker(): Plugin {
  return {
    name: "service-worker",
    apply: "build",
    generateBundle(_, bundle) {
      const own = ["icon.svg", "manifest.webmanifest"];
      const files = [...Object.keys(bundle).filter((name) => name !== "index.html"), ...own].sort();
      const build = createHash("sha256").update(files.join()).digest("hex").slice(0, 16);
      const source = readFileSync(`${root}lab/service-worker.js`, "utf8")
        .replace("ASCENT_BUILD", build)
        .replace('["ASCENT_FILES"]', JSON.stringify(files));
      this.emitFile({ type: "asset", fileName: "sw.js", source });
    },
  };
}

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  base: "./",
  plugins: [publicExports(), serviceWorker()],
  define: { ASCENT_VERSION: JSON.stringify(version) },
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  // A worker in modules can load parts of itself later.
  worker: { format: "es", plugins: () => [publicExports()] },
  build: { outDir: `${root}dist/lab`, emptyOutDir: true, target: "es2023", modulePreload: { polyfill: false } },
});
