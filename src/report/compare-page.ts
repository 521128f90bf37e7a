/** A comparison of groups of runs as one HTML page, readable offline. */

import { type DrawnChart, drawChart } from "../plot/chart-svg.js";
import { PALETTE } from "../plot/palette.js";
import { escapeXml } from "../scene/xml.js";
import type { Comparison } from "../sweeps/compare.js";
import { type ComparisonChart, comparisonCurves, comparisonProfiles, shownGroups } from "../sweeps/comparison-chart.js";
import { comparisonNotes } from "../sweeps/comparison-notes.js";
import { comparisonSentences } from "../sweeps/comparison-sentences.js";
import { shownValue } from "../sweeps/groups.js";
import { wordsOf } from "../training/words.js";
import { COMPARE_STYLE } from "./compare-style.js";
import { againstTable, groupTable, verdictList } from "./compare-tables.js";
import { htmlDocument } from "./document.js";

export interface ComparePageContent {
  readonly comparison: Comparison;
  /** The command that makes this page again. */
  readonly command: string;
}

export function compareHtml({ comparison, command }: ComparePageContent): string {
  const { groups } = comparison;
  const title = `${groups.length} ${groups.length === 1 ? "group" : "groups"} of runs`;
  const shown = shownGroups(comparison);
  const colours = new Map(shown.map(({ label }, i) => [label, PALETTE[i % PALETTE.length]]));
  const left = groups.length - shown.length;
  const notes = comparisonNotes(comparison).map((note) => `<p class="warn">${escapeXml(note)}</p>`);
  const sentences = comparisonSentences(comparison).map((text) => `<li>${escapeXml(text)}</li>`);
  const profiles = comparisonProfiles(comparison);
  const words = wordsOf(groups[0].outcomes[0].config);
  const body = `<h1>${escapeXml(title)}</h1>
<div class="soft">${escapeXml(subtitle(comparison))}</div>
${notes.join("\n")}
${sentences.length === 0 ? "" : `<ul class="plain">${sentences.join("\n")}</ul>`}
<h2>Groups</h2>
${groupTable(comparison, colours)}
${verdictList(comparison, colours)}
<h2>Curves</h2>
${charts(comparisonCurves(comparison), { yLabel: "return" })}
<p class="soft">${escapeXml(bandNote(comparison))}${left === 0 ? "" : ` ${left} more groups are in the table only.`}</p>
${groups.length === 1 ? "" : `<h2>Against ${escapeXml(groups[comparison.reference].label)}</h2>\n${againstTable(comparison)}`}
${profiles === undefined ? "" : `<h2>Performance profile</h2>\n${charts(profiles, { yLabel: "share of runs that score more than τ" })}\n${profiles.series.some(({ band }) => band) ? `<p class="soft">The band is Wilson’s 95 % interval of each share.</p>` : ""}`}
${otherSettings(comparison)}
<h2>How it is computed</h2>
<p class="soft">A run’s score is its mean return over the last tenth of its ${words.episode}s (at least 20). A group’s score is the
interquartile mean over its seeds; intervals are 95 % percentile bootstraps over seeds. P(better) is the probability that a run
of the group scores more than one of the reference, ties counted half. Two groups differ if Welch’s t-test says so at α = 0.05
after Holm’s correction for all comparisons of the page. Runs that diverged or failed count as untrained.</p>
<h2>The same page again</h2>
<pre><code>${escapeXml(command)}</code></pre>`;
  return htmlDocument({ title, style: COMPARE_STYLE, body });
}

function subtitle({ groups }: Comparison): string {
  const envs = [...new Set(groups.map(({ settings }) => shownValue(settings.env)))];
  const budgets = [
    ...new Set(
      groups.map(({ outcomes: [{ curve, config }] }) => {
        const { episode, step } = wordsOf(config);
        return `${curve.of.toLocaleString("en-GB")} ${curve.counts === "steps" ? step : episode}s`;
      }),
    ),
  ];
  const runs = groups.reduce((sum, { outcomes }) => sum + outcomes.length, 0);
  return `${envs.join(", ")} · at most ${budgets.join(" or ")} · ${runs} runs`;
}

/** For columns of about these widths, so that letters keep their size; the style shows the one that fits. */
const SIZES = [
  { width: 990, height: 380 },
  { width: 400, height: 320 },
];

function charts({ series, levels, xLabel }: ComparisonChart, { yLabel }: { yLabel: string }): string {
  const drawn = SIZES.map((size): DrawnChart => drawChart(series, { ...size, levels, xLabel, yLabel }));
  return `<div class="main"><figure>${drawn.map(({ svg }) => svg).join("\n")}</figure></div>`;
}

function bandNote({ groups }: Comparison): string {
  const shows = new Set(groups.map(({ band }) => band.shows));
  const interval = "the 95 % bootstrap interval of that mean";
  const range = "the lowest and the highest seed";
  const band = shows.size === 2 ? `${interval}, or under 5 seeds ${range}` : shows.has("interval") ? interval : range;
  return `Mean return over seeds; the band is ${band}. A run that ended because it was solved carries its last value on.`;
}

/** Settings that differ but follow from the others, as the options of another algorithm do. */
function otherSettings({ groups, others }: Comparison): string {
  if (others.length === 0) return "";
  const rows = others.map((name) => {
    const values = [...new Set(groups.map(({ settings }) => shownValue(settings[name])))];
    return `<tr><th><code>${escapeXml(name)}</code></th><td>${escapeXml(values.join("  |  "))}</td></tr>`;
  });
  return `<h2>Other settings that differ</h2>\n<details><summary>${others.length} settings</summary><table>${rows.join("\n")}</table></details>`;
}
