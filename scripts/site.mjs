// Builds the documentation as a static site in site/dist: `npm run site`. Its packages are site/package.json's own and are
// installed at the first call. The pages are copied beside them, because bundlers look for packages above a page's folder.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";

const folder = (path) => fileURLToPath(new URL(path, new URL("../", import.meta.url)));
const site = folder("site/");
const run = (command, ...words) =>
  execFileSync(command, words, { cwd: site, stdio: "inherit", shell: process.platform === "win32" });

if (!existsSync(folder("site/node_modules"))) run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
const copy = folder("site/build/");
rmSync(copy, { recursive: true, force: true });
const references = folder("docs/api");
cpSync(folder("docs/"), copy, { recursive: true, filter: (path) => path !== references });
run("npx", "vitepress", "build", ".");
