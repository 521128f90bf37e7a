/** A run as one page: self-contained, readable offline, escaped. */

import type { Schema } from "../options.js";
import { chartSvg } from "../plot/chart-svg.js";
import type { Series } from "../plot/series.js";
import { escapeXml } from "../scene/xml.js";
import type { Update } from "../training.js";
import type { RecordedEpisode } from "./recorded-episode.js";
import { player } from "./report-player.js";
import { REPORT_STYLE } from "./report-style.js";
import type { RunRecord } from "./run-record.js";

export interface ReportContent {
  readonly record: RunRecord;
  readonly updates: readonly Update[];
  /** What the options mean and what they are by default, and what the preset makes of them. */
  readonly schema: Schema;
  readonly presetOptions: Readonly<Record<string, unknown>>;
  readonly presetEpisodes: number;
  readonly rewardThreshold: number | undefined;
  /** The command that makes this run again. */
  readonly command: string;
  /** An episode of the policy at the end. */
  readonly episode: RecordedEpisode;
  readonly framesPerSecond: number;
}

/** Updates that a mean runs over where single values jump about. */
const SMOOTH = 20;
const MOST_DOTS = 3000;
const PALE = "#8f9bab";
const LINE = "#3b82c4";

export function reportHtml(content: ReportContent): string {
  const { record, updates, episode, framesPerSecond } = content;
  const { algorithm, env } = record.config;
  const title = escapeXml(`${algorithm} on ${env}`);
  const play =
    episode.scenes.length === 0
      ? ""
      : `<h2>The policy at the end, at play</h2>
<p class="soft">One episode, actions sampled as in training: return ${number(episode.return)} in ${number(episode.steps)} steps.</p>
${player(episode.scenes, framesPerSecond)}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${REPORT_STYLE}</style>
</head>
<body>
<h1>${title}</h1>
<div class="soft">${subtitle(record)}</div>
${verdict(record)}
${figures(record)}
${updates.length === 0 ? "" : charts(content)}
${play}
<h2>Settings</h2>
${settings(content)}
<h2>The same run again</h2>
<pre><code>${escapeXml(content.command)}</code></pre>
<p class="soft">Same command, same bits: the weights’ SHA-256 is <code>${escapeXml(record.result?.weightsSha256 ?? "not known")}</code>,
made with Ascent ${escapeXml(record.versions.ascent)}.</p>
</body>
</html>
`;
}

function subtitle({ config, started, seconds, versions }: RunRecord): string {
  const parts = [
    `preset ${config.preset}`,
    `seed ${config.seed}`,
    `${started.slice(0, 16).replace("T", " ")} UTC`,
    `${number(Number(seconds.toFixed(1)))} s`,
    `Node ${versions.node}`,
  ];
  return escapeXml(parts.join(" · "));
}

function verdict({ status, error, result }: RunRecord): string {
  if (error !== null) return `<p class="verdict failed">Failed: ${escapeXml(error)}</p>`;
  if (result === null) return "";
  const stopped = status === "interrupted" ? " (interrupted)" : "";
  return `<p class="verdict ${escapeXml(result.verdict.kind)}">${escapeXml(result.verdict.text + stopped)}</p>`;
}

function figures({ result }: RunRecord): string {
  if (result === null) return "";
  const { solvedAtEpisode, episodes, steps, averageReturn, bestEpisodeReturn } = result;
  const shown: [string, number | null][] = [
    ["solved at episode", solvedAtEpisode],
    ["mean of the last 100", averageReturn],
    ["best episode", bestEpisodeReturn],
    ["episodes", episodes],
    ["steps", steps],
  ];
  const items = shown.map(
    ([name, value]) => `<div><dt>${name}</dt><dd>${value === null ? "–" : number(value)}</dd></div>`,
  );
  return `<dl class="figures">${items.join("")}</dl>`;
}

function charts({ updates, rewardThreshold }: ReportContent): string {
  const x = updates.map(({ episodes }) => episodes);
  const main = chartSvg(
    [
      dots(updates.flatMap((update) => [...update.returns])),
      { label: "mean of the last 100", x, y: updates.map(({ averageReturn }) => averageReturn), colour: LINE },
    ],
    {
      ...{ width: 990, height: 360, title: "Return", xLabel: "episode" },
      levels: rewardThreshold === undefined ? [] : [{ y: rewardThreshold, label: `solved: ${rewardThreshold}` }],
    },
  );
  const own = Object.keys(updates[0].diagnostics);
  const names = [
    ...Object.keys(TITLES).filter((name) => own.includes(name)),
    ...own.filter((name) => !(name in TITLES)),
  ];
  const others = names.map((name) => {
    const y = updates.map(({ diagnostics }) => diagnostics[name]);
    return chartSvg(name === "learningRate" ? [{ label: name, x, y, colour: LINE }] : seriesOf(x, y), {
      width: 490,
      height: 240,
      title: TITLES[name] ?? name,
      xLabel: "episode",
    });
  });
  return `<h2>Curves</h2>\n<div class="wide">${main}</div>\n<div class="charts">${others.join("\n")}</div>`;
}

/** In the order in which they are read: is it still exploring, are its steps of a sane size, and then the rest. */
const TITLES: Readonly<Record<string, string>> = {
  entropy: "Entropy, nats",
  gradientNorm: "Gradient norm, before clipping",
  loss: "Loss of the policy (not a measure of success)",
  valueLoss: "Loss of the value network",
  learningRate: "Learning rate",
};

/** Each return as a dot: between two values that stand alone there is a gap. Of very many, every second, third … is drawn. */
function dots(returns: readonly number[]): Series {
  const every = Math.ceil(returns.length / MOST_DOTS);
  const kept = returns.flatMap((value, i) => (i % every === 0 ? [{ episode: i + 1, value }] : []));
  return {
    label: "episode",
    x: kept.flatMap(({ episode }) => [episode, episode]),
    y: kept.flatMap(({ value }) => [value, Number.NaN]),
    colour: PALE,
  };
}

/** The values alone where they are few or smooth, and else a running mean over them. */
function seriesOf(x: readonly number[], y: readonly number[]): Series[] {
  if (y.length < 2 * SMOOTH) return [{ label: "update", x, y, colour: LINE }];
  const mean = y.map((_, i) => {
    const window = y.slice(Math.max(0, i + 1 - SMOOTH), i + 1);
    return window.reduce((total, value) => total + value, 0) / window.length;
  });
  return [
    { label: "update", x, y, faint: true, colour: PALE },
    { label: `mean of ${SMOOTH}`, x, y: mean, colour: LINE },
  ];
}

function settings({ record, schema, presetOptions, presetEpisodes }: ReportContent): string {
  const { config } = record;
  const row = (name: string, value: unknown, changed: boolean, help: string): string =>
    `<tr><th><code>${escapeXml(name)}</code></th><td class="value${changed ? " changed" : ""}">${escapeXml(written(value))}</td><td class="help">${escapeXml(help)}</td></tr>`;
  const own = Object.entries(config.options).map(([name, value]) => {
    const usual = Object.hasOwn(presetOptions, name) ? presetOptions[name] : schema[name]?.default;
    return row(name, value, written(value) !== written(usual), schema[name]?.help ?? "");
  });
  const env = Object.entries(config.envOptions).map(([name, value]) => row(`env.${name}`, value, false, ""));
  const end = config.stopWhenSolved ? "or as soon as it is solved" : "whether it is solved or not";
  const general = row(
    "episodes",
    config.episodes,
    config.episodes !== presetEpisodes,
    `training ends after so many, ${end}`,
  );
  return `<table>${[general, ...own, ...env].join("\n")}</table>\n<p class="soft">Bold: other than the preset ${escapeXml(config.preset)} has it.</p>`;
}

function written(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.join(", ");
  return typeof value === "string" ? value || '""' : String(value);
}

function number(value: number): string {
  return Number(value.toPrecision(6)).toLocaleString("en-GB", { maximumFractionDigits: 2 });
}
