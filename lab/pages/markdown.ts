/** Markdown of the repository as HTML, with formulae as MathML, while the page is built. */

import markdownIt from "markdown-it";
import temml from "temml";

/** A picture stands in the HTML as this, until the build knows its address. */
export const PICTURE = /\{\{picture (.+?)\}\}/;

const markdown = markdownIt({ html: true });

/** `$…$` in a line, and `$$…$$` for a formula of its own. They are read before backslashes are. */
markdown.inline.ruler.before("escape", "formula", (state, silent) => {
  const found = /^(\$\$?)(?!\s)([^$]+)\1/.exec(state.src.slice(state.pos, state.posMax));
  if (found === null) return false;
  if (!silent) {
    const [, marks, tex] = found;
    state.push("html_inline", "", 0).content = formula(tex, marks.length === 2);
  }
  state.pos += found[0].length;
  return true;
});

/** MathML without inline styles, which the page's security policy forbids. */
function formula(tex: string, displayMode: boolean): string {
  const math = temml.renderToString(tex, { displayMode, throwOnError: true, annotate: false });
  return math.replaceAll(/ style="[^"]*"/g, "");
}

const { rules } = markdown.renderer;

/** A chapter is opened in the room, and what is elsewhere in the repository has no page here. */
rules.link_open = (tokens, at) => {
  const href = String(tokens[at].attrGet("href"));
  const [, chapter] = /^(\d\d)-[\w-]+\.md/.exec(href) ?? [];
  if (chapter !== undefined) return `<a href="#view=lecture" data-chapter="${Number(chapter)}">`;
  if (href.startsWith("https:")) return `<a href="${href}" target="_blank" rel="noreferrer">`;
  return "<a>";
};
rules.image = (tokens, at) => {
  const { content } = tokens[at];
  const alt = markdown.utils.escapeHtml(content);
  return `<img class="picture" loading="lazy" alt="${alt}" src="{{picture ${tokens[at].attrGet("src")}}}">`;
};
rules.table_open = () => '<div class="scrolled"><table>';
rules.table_close = () => "</table></div>";
// The room has the first heading, and the chapter the second.
rules.heading_open = (tokens, at) => `<h${Number(tokens[at].tag[1]) + 1}>`;
rules.heading_close = (tokens, at) => `</h${Number(tokens[at].tag[1]) + 1}>`;

/** Blocks as HTML. Comments are left out. */
export function html(text: string): string {
  return markdown.render(text.replaceAll(/<!--[\s\S]*?-->/g, ""));
}

/** One line as HTML. */
export function inlineHtml(text: string): string {
  return markdown.renderInline(text);
}
