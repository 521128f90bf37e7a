/** What all HTML pages have in common: a head, and the look of reports. They load nothing. */

import { escapeXml } from "../scene/xml.js";
import { REPORT_STYLE } from "./style.js";

export interface HtmlContent {
  readonly title: string;
  /** Rules of this page beside those of all reports. */
  readonly style?: string;
  /** As HTML, without an end of line at its end. */
  readonly body: string;
}

export function htmlDocument({ title, style = "", body }: HtmlContent): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeXml(title)}</title>
<style>${REPORT_STYLE}${style}</style>
</head>
<body>
${body}
</body>
</html>
`;
}
