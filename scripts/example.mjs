// Runs an example as it is, on the built library: `npm run example own-environment`. (Node runs TypeScript by itself from
// version 22.18 on; here esbuild removes the types.)
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const folder = new URL("../examples/", import.meta.url);
const name = process.argv[2];
const source = fileURLToPath(new URL(`${name}.ts`, folder));
if (name === undefined || !existsSync(source)) {
  const names = readdirSync(folder).flatMap((file) => (file.endsWith(".ts") ? [file.slice(0, -3)] : []));
  console.error(`npm run example NAME, where NAME is one of ${names.join(", ")}`);
  process.exit(2);
}
const { outputFiles } = await build({
  entryPoints: [source],
  bundle: true,
  packages: "external",
  format: "esm",
  write: false,
});
const compiled = new URL(`../build/examples/${name}.mjs`, import.meta.url);
mkdirSync(new URL(".", compiled), { recursive: true });
writeFileSync(compiled, outputFiles[0].text);
await import(compiled.href);
