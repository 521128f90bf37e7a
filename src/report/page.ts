/** The report of a run as one HTML page, readable offline. */

import type { Preset } from "../algorithms/algorithm.js";
import type { Schema } from "../options.js";
import { escapeXml } from "../scene/xml.js";
import { envName } from "../training/env-name.js";
import type { RunExtension, RunRecord } from "../training/run-record.js";
import { reportCharts } from "./charts.js";
import type { Curves } from "./curves.js";
import { htmlDocument } from "./document.js";
import type { DrawnEpisode } from "./drawn-episode.js";
import { number } from "./number.js";
import { player } from "./player.js";

/** What is known of a run besides its updates. The record of a saved run is all of it. */
export interface ReportedRun extends Pick<RunRecord, "config" | "status" | "error" | "result"> {
  /** When it began, in ISO 8601, and how many seconds it worked. Undefined where that is not known. */
  readonly started?: string | undefined;
  readonly seconds?: number | undefined;
  /** The budgets that it was resumed with. Undefined where that is not known. */
  readonly extensions?: RunRecord["extensions"] | undefined;
  /** `node` is undefined where a browser trained it. */
  readonly versions: { readonly ascent: string; readonly node?: string | undefined };
}

export interface ReportContent {
  readonly record: ReportedRun;
  readonly curves: Curves;
  /** The options' help and defaults. */
  readonly schema: Schema;
  /** The preset as it is for this environment. */
  readonly preset: Pick<Preset, "options" | "episodes" | "steps">;
  readonly rewardThreshold: number | undefined;
  /** The command that makes this run again. */
  readonly command: string;
  /** An episode of the trained policy. */
  readonly episode: DrawnEpisode;
  readonly framesPerSecond: number;
}

export function reportHtml(content: ReportContent): string {
  const { record, curves, episode, framesPerSecond } = content;
  const title = `${record.config.algorithm} on ${envName(record.config)}`;
  const film =
    episode.scenes.length === 0
      ? ""
      : `<h2>An episode of the trained policy</h2>
<p class="soft">Actions are sampled as in training: return ${number(episode.return)} in ${number(episode.steps)} steps.</p>
${player(episode.scenes, framesPerSecond)}`;
  const body = `<h1>${escapeXml(title)}</h1>
<div class="soft">${subtitle(record)}</div>
${verdict(record)}
${figures(record)}
${curves.empty ? "" : `<h2>Curves</h2>\n${reportCharts(curves, content.rewardThreshold)}`}
${film}
<h2>Settings</h2>
${settings(content)}
<h2>The same run again</h2>
<pre><code>${escapeXml(content.command)}</code></pre>
<p class="soft">${same(record)}</p>`;
  return htmlDocument({ title, body });
}

function subtitle({ config, started, seconds, versions }: ReportedRun): string {
  const parts = [
    `preset ${config.preset}`,
    `seed ${config.seed}`,
    ...(started === undefined ? [] : [`${started.slice(0, 16).replace("T", " ")} UTC`]),
    ...(seconds === undefined ? [] : [`${number(Number(seconds.toFixed(1)))} s`]),
    versions.node === undefined ? "in a browser" : `Node ${versions.node}`,
    ...(config.numerics === undefined ? [] : [`numerics ${config.numerics}`]),
  ];
  return escapeXml(parts.join(" · "));
}

function verdict({ status, error, result }: ReportedRun): string {
  if (error !== null) return `<p class="verdict failed">Failed: ${escapeXml(error)}</p>`;
  if (result === null) return "";
  const stopped = status === "interrupted" ? " (interrupted)" : "";
  return `<p class="verdict ${escapeXml(result.verdict.kind)}">${escapeXml(result.verdict.text + stopped)}</p>`;
}

/** Whether the command gives the same bits: a run that was stopped is only the beginning of what it does. */
function same({ config, status, result, versions, extensions }: ReportedRun): string {
  const hash = `<code>${escapeXml(result?.weightsSha256 ?? "not known")}</code>`;
  const made = `made with Ascent ${escapeXml(versions.ascent)}`;
  if (extensions !== undefined && extensions.length > 0) {
    const changes = extensions.map((one) => `${limits(one)} after step ${number(one.atStep)}`).join(", then ");
    return `Not the same bits: this run, ${made}, was given another budget when it was resumed: ${changes}. The weights’ SHA-256 is ${hash}.`;
  }
  if (config.numerics !== undefined)
    return `Fast numerics: the same command gives the same bits only on such a machine. The weights’ SHA-256 is ${hash}, ${made}.`;
  // A checkpoint does not say whether its run once had another budget, which schedules depend on.
  const sameBits =
    extensions === undefined ? "Same command, same bits if the budget was always this one" : "Same command, same bits";
  if (status === "finished") return `${sameBits}: the weights’ SHA-256 is ${hash}, ${made}.`;
  const where = result === null ? "" : ` after ${number(result.steps)} steps, when the weights’ SHA-256 was ${hash}`;
  return `${sameBits}; but this run, ${made}, was ${status === "running" ? "still training" : "stopped"}${where}.`;
}

function limits({ episodes, steps }: RunExtension): string {
  const parts = [
    episodes === null ? [] : `${number(episodes)} episodes`,
    steps === null ? [] : `${number(steps)} steps`,
  ];
  return parts.flat().join(" or ");
}

function figures({ result }: ReportedRun): string {
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

function settings({ record, schema, preset }: ReportContent): string {
  const { config } = record;
  const row = (name: string, value: unknown, changed: boolean, help: string): string =>
    `<tr><th><code>${escapeXml(name)}</code></th><td class="value${changed ? " changed" : ""}">${escapeXml(written(value))}</td><td class="help">${escapeXml(help)}</td></tr>`;
  const own = Object.entries(config.options).map(([name, value]) => {
    const usual = Object.hasOwn(preset.options, name) ? preset.options[name] : schema[name]?.default;
    return row(name, value, written(value) !== written(usual), schema[name]?.help ?? "");
  });
  const env = Object.entries(config.envOptions).map(([name, value]) => row(`env.${name}`, value, false, ""));
  const end = config.stopWhenSolved ? "or as soon as it is solved" : "whether it is solved or not";
  const length = (["episodes", "steps"] as const).flatMap((unit) =>
    config[unit] === null
      ? []
      : [row(unit, config[unit], config[unit] !== preset[unit], `training ends after so many, ${end}`)],
  );
  return `<table>${[...length, ...own, ...env].join("\n")}</table>\n<p class="soft">Bold: other than the preset ${escapeXml(config.preset)} has it.</p>`;
}

function written(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.join(", ");
  return typeof value === "string" ? value || '""' : String(value);
}
