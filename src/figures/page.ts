/** Figures as one HTML page, readable offline, on desk and telephone, light and dark. */

import { checkList, checkOptions, checkText } from "../estimators/checks.js";
import { htmlDocument } from "../report/document.js";
import { escapeXml } from "../scene/xml.js";
import { figureSvg } from "./draw.js";
import type { Figure } from "./figure.js";

/** The widths at which figures are drawn, so that letters keep their size; the style shows the one that fits. */
const WIDE = 560;
const NARROW = 358;

const STYLE = `
.figures-grid { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(440px, 100%), 1fr)); gap: 36px 24px; margin-top: 24px; }
.figures-grid figure svg:nth-of-type(2) { display: none; }
figcaption { color: var(--soft); margin-top: 6px; font-size: 14px; }
pre.table { overflow-x: auto; white-space: pre; font: 12px/1.5 ui-monospace, monospace; }
@media (max-width: 640px) {
  .figures-grid figure svg:nth-of-type(1) { display: none; }
  .figures-grid figure svg:nth-of-type(2) { display: block; }
}
`;

/** The content of a page of figures. */
export interface FigurePage {
  readonly title: string;
  /** Lines below the title. */
  readonly subtitle: string;
  /** A table as text, below the figures. */
  readonly table?: string;
  readonly figures: readonly Figure[];
}

/** The page: title, figures with captions, and the table. It loads nothing and runs no script. */
export function figurePage(page: FigurePage): string {
  checkOptions(page, ["title", "subtitle", "figures"], "page");
  const { title, subtitle, table = "", figures } = page;
  for (const [field, given] of Object.entries({ title, subtitle, table })) checkText(field, given);
  checkList("figures", figures, "a list of figures");
  const body = `<h1>${escapeXml(title)}</h1>
${subtitle
  .split("\n")
  .map((line) => `<div class="soft">${escapeXml(line)}</div>`)
  .join("\n")}
<div class="figures-grid">
${figures.map(figureElement).join("\n")}
</div>
${table === "" ? "" : `<h2>The figures</h2>\n<pre class="table">${table.split("\n").map(escapeXml).join("\n")}</pre>`}`;
  return htmlDocument({ title, style: STYLE, body });
}

function figureElement(figure: Figure): string {
  const drawings = [WIDE, NARROW].map((width) => figureSvg(figure, { width }));
  return `<figure>${drawings.join("\n")}\n<figcaption>${escapeXml(figure.caption)}</figcaption></figure>`;
}
