/** The side bar of the site. `bench/site` builds the site and looks at it in a browser. */

import { join } from "node:path";
import { expect, it } from "vitest";
import { sideBar } from "../site/.vitepress/navigation.mjs";
import { filesBelow } from "./files-below.js";
import { root } from "./root.js";

it("the side bar of the site has every page of docs once, and nothing else", () => {
  const docs = join(root, "docs");
  const linked = sideBar(docs).flatMap(({ items }) => items.map(({ link }) => link));
  const pages = filesBelow("docs", ".md")
    .filter((path) => !path.startsWith("docs/api/"))
    .map((path) => path.replace(/^docs|(README)?\.md$/g, ""));
  expect(linked.sort()).toEqual(pages.filter((page) => page !== "/").sort());
});
