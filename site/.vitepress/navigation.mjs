// The side bar of the site, read from the tables of docs/README.md and of the pages that it names.
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The groups of the side bar, each with its entries. Links are addresses of the site. */
export function sideBar(docs) {
  /** The links in the first column of a page's tables. */
  const entries = (page) => {
    const text = readFileSync(join(docs, page), "utf8");
    const base = page.replace(/README\.md$/, "");
    const cells = [...text.matchAll(/^\| (\[[^|]*)\|/gm)].map(([, cell]) => cell);
    return cells.flatMap((cell) =>
      [...cell.matchAll(/\[([^\]]+)\]\(([^)#]+\.md)\)/g)].map(([, label, target]) => ({
        text: label,
        link: join("/", base, target).replace(/(README)?\.md$/, ""),
      })),
    );
  };
  const pages = entries("README.md");
  const isLecture = ({ link }) => link.startsWith("/lecture");
  const isAlgorithm = ({ link }) => link.startsWith("/algorithms");
  const isEnvironment = ({ link }) => link.startsWith("/envs");
  const isNew = ({ link }) => pages.every((page) => page.link !== link);
  const others = pages.filter((page) => !isLecture(page) && !isAlgorithm(page) && !isEnvironment(page));
  const environments = pages.filter(isEnvironment).concat(entries("envs/README.md").filter(isNew));
  return [
    { text: "The lecture", items: [{ text: "Overview", link: "/lecture/" }, ...entries("lecture/README.md")] },
    { text: "Algorithms", items: pages.filter(isAlgorithm) },
    { text: "Environments", collapsed: true, items: environments },
    { text: "Guides", items: others },
  ];
}
