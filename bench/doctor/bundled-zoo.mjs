/** The zoo of `test/bug-zoo` without its types, on the built library. */
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const path = (name) => fileURLToPath(new URL(`../../${name}`, import.meta.url));

/** The module `test/bug-zoo/NAME.ts`. */
export async function bundledZoo(name = "bugs") {
  const outfile = path(`build/zoo/${name}.mjs`);
  mkdirSync(path("build/zoo"), { recursive: true });
  const entryPoints = [path(`test/bug-zoo/${name}.ts`)];
  await build({ entryPoints, outfile, bundle: true, packages: "external", format: "esm", logLevel: "error" });
  return import(new URL(`../../build/zoo/${name}.mjs`, import.meta.url).href);
}
