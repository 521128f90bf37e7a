/** The tables of a comparison's page. */

import { escapeXml } from "../scene/xml.js";
import type { Comparison, GroupFigures } from "../sweeps/compare.js";
import { figureText, intervalText } from "../sweeps/figure-text.js";
import { shownValue } from "../sweeps/groups.js";
import type { Interval } from "../sweeps/resampling.js";

/** The settings that differ and the figures of each group, with the colours of its curve where it has one. */
export function groupTable({ groups, labelled }: Comparison, colours: ReadonlyMap<string, string>): string {
  const rows = groups.map((group) => {
    const [first, ...others] = labelled;
    const name = first === undefined ? group.label : shownValue(group.settings[first]);
    return [
      `<th data-name="${escapeXml(first ?? "")}">${key(colours.get(group.label))}${escapeXml(name)}</th>`,
      ...others.map((name) => cell(name, shownValue(group.settings[name]))),
      cell("seeds", String(group.scores.length)),
      cell("final return", withInterval(group.score, group.interval)),
      cell("solved", solvedText(group)),
      cell("verdict", group.verdict.kind),
    ].join("");
  });
  const settings = labelled.length === 0 ? ["group"] : labelled;
  return table([...settings, "seeds", "final return", "solved", "verdict"], rows);
}

/** The verdict of each group as a sentence. */
export function verdictList({ groups }: Comparison, colours: ReadonlyMap<string, string>): string {
  const items = groups.map(
    ({ label, verdict }) => `<li>${key(colours.get(label))}<b>${escapeXml(label)}</b> ${escapeXml(verdict.text)}</li>`,
  );
  return `<ul class="keys">${items.join("\n")}</ul>`;
}

function key(colour: string | undefined): string {
  return colour === undefined ? "" : `<span class="key" style="background:${colour}"></span>`;
}

/** The differences from the reference, with a picture of each interval. */
export function againstTable({ groups }: Comparison): string {
  const compared = groups.flatMap(({ label, against }) => (against === undefined ? [] : [{ label, ...against }]));
  const reach = compared.reduce(
    (most, { difference, interval }) =>
      [difference, ...(interval ?? [])].reduce((a, b) => Math.max(a, Math.abs(b)), most),
    0,
  );
  const rows = compared.map(
    ({ label, difference, interval, improvement, improvementInterval, probability, differs, detectable }) =>
      [
        `<th>${escapeXml(label)}</th>`,
        cell("difference", withInterval(difference, interval)),
        picture(difference, interval, [-reach, reach], 0),
        cell("P(better)", withInterval(improvement, improvementInterval)),
        picture(improvement, improvementInterval, [0, 1], 0.5),
        cell("Welch’s p", Number.isNaN(probability) ? "–" : probability.toPrecision(2)),
        cell("differs", differs === null ? "anecdote" : differs ? "yes" : "can’t tell"),
        cell("detectable", Number.isFinite(detectable) ? `≥ ${figureText(detectable)}` : "–"),
      ].join(""),
  );
  return table(["group", "difference", "", "P(better)", "", "Welch’s p", "differs", "detectable"], rows);
}

function table(headings: readonly string[], rows: readonly string[]): string {
  const head = headings.map((heading) => `<th class="soft">${escapeXml(heading)}</th>`).join("");
  return `<div class="scroll"><table class="groups"><thead><tr>${head}</tr></thead><tbody>${rows.map((row) => `<tr>${row}</tr>`).join("\n")}</tbody></table></div>`;
}

function cell(name: string, text: string): string {
  return `<td class="value" data-name="${escapeXml(name)}">${escapeXml(text)}</td>`;
}

/** An interval as a bar, the figure as a dot, and a line at what would be no difference. */
function picture(value: number, interval: Interval | null, [least, most]: Interval, none: number): string {
  if (!(most > least)) return "<td></td>";
  const at = (x: number): string => `${(((x - least) / (most - least)) * 100).toFixed(1)}%`;
  const bar = interval === null ? "" : `<i style="left:${at(interval[0])};right:calc(100% - ${at(interval[1])})"></i>`;
  return `<td><span class="range"><u style="left:${at(none)}"></u>${bar}<b style="left:${at(value)}"></b></span></td>`;
}

function withInterval(value: number, interval: Interval | null): string {
  return `${figureText(value)}${interval === null ? "" : ` ${intervalText(interval)}`}`;
}

/** `9 of 10 (60–98 %), at 61,200` */
function solvedText({ solved, outcomes, solvedShare, solvedAt, mark }: GroupFigures): string {
  if (mark === undefined) return "–";
  const percent = (share: number): string => (100 * share).toFixed(0);
  const share = solvedShare === null ? "" : ` (${percent(solvedShare[0])}–${percent(solvedShare[1])} %)`;
  const when = solvedAt === null ? "" : `, at ${Math.round(solvedAt).toLocaleString("en-GB")}`;
  return `${solved} of ${outcomes.length}${share}${when}`;
}
