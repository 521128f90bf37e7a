// The static site: all pages of docs/, copied to build/ by scripts/site.mjs, with rendered formulae and a search that needs no server.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitepress";

const docs = fileURLToPath(new URL("../build/", import.meta.url));

/** The links in the first column of a page's tables, as entries of the side bar. */
function entries(page) {
  const text = readFileSync(join(docs, page), "utf8");
  return [...text.matchAll(/^\| \[([^\]]+)\]\(([^)#]+\.md)\)/gm)].map(([, label, target]) => ({
    text: label,
    link: `/${join(dirname(page), target)}`.replace(/(README)?\.md$/, ""),
  }));
}

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

const pages = entries("README.md");
const isLecture = ({ link }) => link.startsWith("/lecture");
const isAlgorithm = ({ link }) => link.startsWith("/algorithms");
const isEnvironment = ({ link }) => link.startsWith("/envs");
const others = pages.filter((page) => !isLecture(page) && !isAlgorithm(page) && !isEnvironment(page));

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
    search: { provider: "local" },
    outline: { level: [2, 3] },
    docFooter: { prev: "Before", next: "Next" },
    sidebar: [
      { text: "The lecture", items: [{ text: "Overview", link: "/lecture/" }, ...entries("lecture/README.md")] },
      { text: "Algorithms", items: pages.filter(isAlgorithm) },
      { text: "Environments", collapsed: true, items: pages.filter(isEnvironment).concat(entries("envs/README.md")) },
      { text: "Guides", items: others },
    ],
  },
});
