/** What a page downloads for each use of the library, and the most that it may be. `test/bundle.test.ts` checks it. */
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Programs of pages. `most` is in kB after gzip. */
export const programs = {
  "act with a saved policy": {
    most: 12,
    source: `import { loadPolicy } from "ascent/act";
export const act = (bytes) => loadPolicy(bytes).policy;`,
  },
  "step one environment": {
    most: 43,
    source: `import { cartPole } from "ascent/envs";
import { make, register } from "ascent/lean";
register(cartPole);
export const env = make("CartPole-v1");`,
  },
  "train PPO on CartPole": {
    most: 112,
    source: `import { ppo } from "ascent/algorithms";
import { cartPole } from "ascent/envs";
import { register, registerAlgorithm, train } from "ascent/lean";
register(cartPole);
registerAlgorithm(ppo);
export const run = train({ algorithm: "ppo", env: "CartPole-v1" });`,
  },
  "load a policy with all its methods": {
    most: 85,
    source: `export { loadPolicy } from "ascent";`,
  },
  "step any environment by name": {
    most: 65,
    source: `import { make } from "ascent";
export const env = make("CartPole-v1");`,
  },
  "train anything by name": {
    most: 138,
    source: `import { train } from "ascent";
export const run = train();`,
  },
};

/** The minified bytes of a program, and the same after gzip. The library must be built. */
export async function sizeOf(source) {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: root },
    bundle: true,
    minify: true,
    format: "esm",
    write: false,
    logLevel: "error",
  });
  const { contents } = outputFiles[0];
  return { minified: contents.length, gzipped: gzipSync(contents, { level: 9 }).length };
}
