/** Makes what the room for environments of one's own needs: the types of Ascent and of JavaScript, and an engine in one file. */

import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Plugin } from "vite";

const root = fileURLToPath(new URL("../", import.meta.url));

/** What an environment may import. The engine of the room has the same list: `src/own-env/modules.ts`. */
const ENTRIES = ["index", "envs/index", "spaces/index", "random/index", "scene/index", "kernels/maths"];

/** The parts of JavaScript's own types that `lib.es2023.d.ts` takes in. */
const LIB = /^lib\.(es5|es20(1\d|2[0-3])(\.\w+)*|decorators(\.legacy)?)\.d\.ts$/;

/** Gives `virtual:own-env-types`: texts by path. */
export function ownEnvTypes(): Plugin {
  return virtual("virtual:own-env-types", async () => {
    const lib = join(root, "node_modules/typescript/lib");
    const files: Record<string, string> = {};
    for (const name of readdirSync(lib)) {
      if (LIB.test(name) && !name.includes(".full.")) files[`/lib/${name}`] = readFileSync(join(lib, name), "utf8");
    }
    for (const entry of ENTRIES) collect(`${entry}.d.ts`, files);
    return `export const files = JSON.parse(${JSON.stringify(JSON.stringify(files))});`;
  });
}

/** Adds a file of the built library and all that it imports. */
function collect(path: string, files: Record<string, string>): void {
  const place = `/ascent/${path}`;
  if (Object.hasOwn(files, place)) return;
  const text = readFileSync(join(root, "dist", path), "utf8");
  files[place] = text;
  for (const [, name] of text.matchAll(/(?:from|import\()\s*"(\.[^"]+)\.js"/g)) {
    collect(join(dirname(path), `${name}.d.ts`), files);
  }
}

/**
 * Gives the text of a script that imports nothing as a module of this name. An engine for somebody's code runs where no file
 * can be loaded, so the page has to bring it. It is no module, because Chromium starts no worker in modules below a page
 * without an origin.
 */
export function isolatedEngine(name: string, source: string, plugins: readonly Plugin[]): Plugin {
  return virtual(name, async () => {
    const built = await build({
      configFile: false,
      root: join(root, "lab"),
      logLevel: "warn",
      plugins: [...plugins],
      // Only modules for Node ask for them.
      define: { "import.meta.resolve": "undefined", "import.meta.url": '""' },
      build: {
        write: false,
        target: "es2023",
        modulePreload: false,
        rolldownOptions: {
          input: join(root, source),
          output: { format: "iife", codeSplitting: false },
        },
      },
    });
    const outputs = [built].flat().flatMap((one) => ("output" in one ? one.output : []));
    const chunks = outputs.filter((one) => one.type === "chunk");
    if (chunks.length !== 1) throw new Error(`the engine has ${chunks.length} files, and must have one`);
    return `export const text = ${JSON.stringify(chunks[0].code)};`;
  });
}

/** Adds the licence of the compiler, which the build of a worker leaves out. */
export function compilerLicence(): Plugin {
  return {
    name: "compiler-licence",
    generateBundle() {
      const texts = ["LICENSE.txt", "ThirdPartyNoticeText.txt"].map((name) =>
        readFileSync(join(root, "node_modules/typescript", name), "utf8"),
      );
      this.emitFile({ type: "asset", fileName: "licence-typescript.txt", source: texts.join("\n\n") });
    },
  };
}

function virtual(name: string, text: () => Promise<string>): Plugin {
  return {
    name,
    resolveId: (id) => (id === name ? `\0${name}` : undefined),
    load: (id) => (id === `\0${name}` ? text() : undefined),
  };
}
