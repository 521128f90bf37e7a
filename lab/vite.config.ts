/** Builds the page into `dist/lab`, with relative addresses, so that it runs below any path of any host. */

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

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  base: "./",
  plugins: [publicExports()],
  define: { ASCENT_VERSION: JSON.stringify(version) },
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  // A worker in modules can load parts of itself later.
  worker: { format: "es", plugins: () => [publicExports()] },
  build: { outDir: `${root}dist/lab`, emptyOutDir: true, target: "es2023", modulePreload: { polyfill: false } },
});
