/** Responses with a colour behind each token, and its numbers under the pointer. */

import type { TokenCell, TokenTable } from "../../language/run/token-table.js";
import { escapeXml } from "../../scene/xml.js";
import { short } from "../hover.js";

/** What a colour can stand for. */
const KINDS = {
  logRatio: "ln π − ln ref: what the token adds to the divergence",
  advantage: "advantage: how much better than expected",
  value: "V: what was expected before it",
  change: "ln π after the update − before",
} as const;
type Kind = keyof typeof KINDS;

export const TOKENS_STYLE = `
.tokens { font: 15px/2 ui-monospace, monospace; overflow-wrap: anywhere; margin: 6px 0; }
.tokens span { padding: 3px 0; border-radius: 2px; white-space: pre-wrap; }
.tokens b { font-weight: 400; color: var(--soft); }
fieldset { border: 0; padding: 0; margin: 0 0 8px; display: flex; flex-wrap: wrap; gap: 4px 18px; color: var(--soft); }
`;

/** The responses, coloured by one of the kinds of numbers, which the reader chooses. */
export function tokensHtml(tables: readonly TokenTable[]): string {
  if (tables.length === 0) return "";
  const kinds = (Object.keys(KINDS) as Kind[]).filter((kind) => tables[0].tokens[0]?.[kind] !== undefined);
  const most = Object.fromEntries(
    kinds.map((kind) => [
      kind,
      tables.reduce((top, { tokens }) => tokens.reduce((a, cell) => Math.max(a, Math.abs(cell[kind] ?? 0)), top), 1e-9),
    ]),
  );
  const choices = kinds
    .map(
      (kind, i) =>
        `<label><input type="radio" name="kind" value="${kind}"${i === 0 ? " checked" : ""}> ${escapeXml(KINDS[kind])} (±${short(most[kind])})</label>`,
    )
    .join("\n");
  const lines = tables.map(
    ({ prompt, score, tokens }) =>
      `<div class="tokens"><b>${escapeXml(short(Number(score.toFixed(2))).padStart(6))}  ${escapeXml(prompt)}</b>${tokens.map((cell) => token(cell, kinds, most)).join("")}</div>`,
  );
  return `<fieldset>${choices}</fieldset>
${lines.join("\n")}
<p class="soft">Blue: above 0. Red: below. The number in front is the reward. The numbers of a token appear under the pointer.</p>
<script>
(() => {
  const paint = (kind) => { for (const one of document.querySelectorAll(".tokens span")) {
    const share = Number(one.dataset[kind.toLowerCase()]);
    one.style.background = "rgba(" + (share < 0 ? "200,60,50" : "50,130,220") + "," + (0.75 * Math.abs(share)).toFixed(3) + ")"; } };
  for (const input of document.querySelectorAll("input[name=kind]")) input.addEventListener("change", () => paint(input.value));
  paint("${kinds[0]}");
})();
</script>`;
}

function token(cell: TokenCell, kinds: readonly Kind[], most: Readonly<Record<string, number>>): string {
  const title = kinds.map((kind) => `${kind} ${short(cell[kind] ?? 0)}`).join("\n");
  const data = kinds.map((kind) => `data-${kind.toLowerCase()}="${short((cell[kind] ?? 0) / most[kind])}"`).join(" ");
  return `<span ${data} title="${escapeXml(`${cell.text}\n${title}`)}">${escapeXml(cell.text)}</span>`;
}
