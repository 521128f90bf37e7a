// The static site: all pages of docs/, copied to build/ by scripts/site.mjs, with rendered formulae and a search that needs no server.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitepress";
import { sideBar } from "./navigation.mjs";

const docs = fileURLToPath(new URL("../build/", import.meta.url));

/** Pages are written for the repository too: links to its sources lead nowhere here, and README.md is a folder's index. */
function linksOfTheSite(md) {
  md.core.ruler.push("links of the site", ({ tokens, env }) => {
    for (const { children } of tokens) {
      for (const token of children ?? []) {
        if (token.type !== "link_open") continue;
        const href = token.attrGet("href");
        if (/^(https?:|#)/.test(href)) continue;
        const leaves = join(dirname(env.relativePath), href).startsWith("..");
        if (leaves) token.attrs = token.attrs.filter(([name]) => name !== "href");
        else token.attrSet("href", href.replace(/README\.md/, "index.md"));
      }
    }
  });
}

/** A page as the search indexes it: its words need neither colours nor drawn formulae, which take most of the time. */
function plainly(source, env, md) {
  const { highlight } = md.options;
  md.options.highlight = null;
  try {
    return md.render(source.replaceAll("$", " "), env);
  } finally {
    md.options.highlight = highlight;
  }
}

export default defineConfig({
  title: "Ascent",
  description: "Policy gradients in TypeScript",
  srcDir: "build",
  outDir: "dist",
  cacheDir: "node_modules/.cache/vitepress",
  rewrites: { "README.md": "index.md", ":folder/README.md": ":folder/index.md" },
  cleanUrls: false,
  // The pictures follow the reader's system, and so the page has to.
  appearance: "force-auto",
  markdown: { math: true, config: linksOfTheSite },
  vite: { publicDir: false, logLevel: "warn" },
  themeConfig: {
    search: { provider: "local", options: { _render: plainly } },
    outline: { level: [2, 3] },
    docFooter: { prev: "Before", next: "Next" },
    sidebar: sideBar(docs),
  },
});
