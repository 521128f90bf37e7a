/** The report of a run on a language task as one HTML page, readable offline. */

import type { Assessment, Marks } from "../../language/run/assess.js";
import type { Written } from "../../language/run/language-model.js";
import type { TokenTable } from "../../language/run/token-table.js";
import type { Schema } from "../../options.js";
import { type DrawnChart, drawChart } from "../../plot/chart-svg.js";
import type { Series } from "../../plot/series.js";
import { escapeXml } from "../../scene/xml.js";
import type { RunRecord } from "../../training/run-record.js";
import { htmlDocument } from "../document.js";
import { hoverable, hoverScript, short } from "../hover.js";
import { number } from "../number.js";
import type { LanguageCurves } from "./language-curves.js";
import { TOKENS_STYLE, tokensHtml } from "./tokens-html.js";

export interface LanguageReport {
  readonly record: RunRecord;
  readonly curves: LanguageCurves;
  readonly assessment: Assessment | undefined;
  readonly tokens: readonly TokenTable[];
  /** The options' help, and what they are where nobody says otherwise. */
  readonly options: readonly {
    readonly heading: string;
    readonly schema: Schema;
    readonly values: Readonly<Record<string, unknown>>;
    readonly usual: Readonly<Record<string, unknown>>;
  }[];
  readonly command: string;
  /** What the doctor finds, a sentence each. */
  readonly findings: readonly string[];
}

const BLUE = "#3b82c4";
const ORANGE = "#c2571a";
const GREEN = "#3a9a5f";
const WIDE = { width: 990, height: 340 };
const NARROW = { width: 400, height: 300 };
const SMALL = { width: 420, height: 240 };

/** The charts of tuning beside the main one, in reading order. Others follow. */
const TITLES: Readonly<Record<string, string>> = {
  kl: "divergence from the reference, nats by response",
  entropy: "how undecided the policy is, nats by token",
  beta: "what a nat of divergence costs",
  equalGroups: "share of groups whose rewards are all equal: they teach nothing",
  clipFraction: "share of tokens whose ratio was clipped",
  explainedVariance: "share of the variance that V explains",
  valueLoss: "squared error of the values",
  gradientNorm: "length of the gradient before it was limited",
  accuracy: "share of the pairs that the policy orders as they were judged",
  chosenLogProb: "ln π of the responses that were preferred",
  loss: "not a measure of success",
  learningRate: "after the schedule",
};
/** Tables of three columns stay tables on a telephone. */
const STYLE = `
@media (max-width: 640px) {
  .marks tbody { display: table-row-group; } .marks tr { display: table-row; }
  .marks th, .marks td { display: table-cell; padding: 6px 8px 6px 0; white-space: normal; border-bottom: 1px solid var(--line); }
}
`;
/** What the charts above show already. */
const SHOWN = ["reward", "margin", "gold", "valid", "ended"];

export function languageReportHtml(content: LanguageReport): string {
  const { record, curves, assessment, tokens, command, findings } = content;
  const { config, started, seconds, versions } = record;
  const title = `${config.algorithm} on ${config.env}`;
  const subtitle = [
    `seed ${config.seed}`,
    `${started.slice(0, 16).replace("T", " ")} UTC`,
    `${number(Number(seconds.toFixed(1)))} s`,
    `Node ${versions.node}`,
  ];
  const body = [
    `<h1>${escapeXml(title)}</h1>`,
    `<div class="soft">${escapeXml(subtitle.join(" · "))}</div>`,
    verdict(record, assessment),
    ...findings.map((finding) => `<p class="verdict failed">${escapeXml(finding)}</p>`),
    assessment === undefined ? "" : `<h2>Before and after</h2>\n${marksTable(assessment)}`,
    charts(curves),
    assessment === undefined ? "" : `<h2>Responses</h2>\n${samples(assessment)}`,
    tokens.length === 0 ? "" : `<h2>Token by token</h2>\n${tokensHtml(tokens)}`,
    "<h2>Settings</h2>",
    ...content.options.map(settings),
    `<p class="soft">Bold: other than it is for this task.</p>`,
    `<h2>The same run again</h2>\n<pre><code>${escapeXml(command)}</code></pre>`,
    `<p class="soft">Same command, same bits: the SHA-256 of the model’s weights is <code>${record.result?.weightsSha256 ?? "not known"}</code>, made with Ascent ${escapeXml(versions.ascent)}.</p>`,
    hoverScript("response"),
  ];
  return htmlDocument({ title, body: body.filter((part) => part !== "").join("\n"), style: TOKENS_STYLE + STYLE });
}

function verdict({ status, error, result }: RunRecord, assessment: Assessment | undefined): string {
  if (error !== null) return `<p class="verdict failed">Failed: ${escapeXml(error)}</p>`;
  if (assessment === undefined)
    return `<p class="verdict">${escapeXml(`${result?.verdict.text ?? ""} (${status})`)}</p>`;
  const { before, after, winRate, winInterval } = assessment;
  const [low, high] = winInterval.map((share) => (100 * share).toFixed(1));
  const text = `Gold score ${short(Number(before.gold.toFixed(3)))} before, ${short(Number(after.gold.toFixed(3)))} after tuning. It wins ${(100 * winRate).toFixed(1)} % of the comparisons (95 %: ${low} to ${high} %), ${after.kl.toFixed(1)} nats from where it began.`;
  return `<p class="verdict">${escapeXml(text)}</p>`;
}

function marksTable({ before, after }: Assessment): string {
  const rows: [string, (marks: Marks) => number][] = [
    ["gold score", ({ gold }) => gold],
    ["gold score of the most probable responses", ({ greedyGold }) => greedyGold],
    ["valid by the rules of the task", ({ valid }) => valid],
    ["ended by itself", ({ ended }) => ended],
    ["tokens in a response", ({ length }) => length],
    ["divergence from the reference, nats", ({ kl }) => kl],
  ];
  const cells = rows.map(
    ([name, of]) =>
      `<tr><th>${name}</th><td class="value">${short(Number(of(before).toFixed(3)))}</td><td class="value">${short(Number(of(after).toFixed(3)))}</td></tr>`,
  );
  return `<table class="marks"><tr><th></th><td>before</td><td>after</td></tr>\n${cells.join("\n")}</table>`;
}

function charts(curves: LanguageCurves): string {
  const measure = measureOf(curves);
  const reward = curves.of("tuning", measure);
  const texts = curves.of("texts", "loss");
  const accuracy = curves.of("judging", "accuracy");
  const small = (
    title: string,
    of: { readonly x: readonly number[]; readonly y: readonly number[] },
    xLabel: string,
  ): string => hoverable([drawChart([{ label: title, ...of, colour: BLUE }], { ...SMALL, title, xLabel })], title, of);
  const before = [
    texts === undefined ? "" : small("texts: nats a token", texts, "update"),
    accuracy === undefined
      ? ""
      : small("judging: share of pairs that the reward model orders rightly", accuracy, "update"),
  ].filter((one) => one !== "");
  if (reward === undefined)
    return before.length === 0 ? "" : `<h2>Curves</h2>\n<div class="charts">${before.join("\n")}</div>`;
  const lines = (named: readonly (readonly [name: string, label: string, colour: Series["colour"]])[]): Series[] =>
    named.flatMap(([name, label, colour]) => {
      const curve = curves.of("tuning", name);
      return curve === undefined ? [] : [{ label, x: curve.x, y: curve.y, colour }];
    });
  const main = [WIDE, NARROW].map(
    (size): DrawnChart =>
      drawChart(
        lines([
          [measure, measure, BLUE],
          ["gold", "gold score", ORANGE],
        ]),
        { ...size, title: `${MEASURES[measure]} and gold score, means of each update`, xLabel: "response" },
      ),
  );
  const rules = drawChart(
    lines([
      ["valid", "valid", GREEN],
      ["ended", "ended by itself", ORANGE],
    ]),
    { ...SMALL, title: "share of responses", xLabel: "response" },
  );
  const valid = curves.of("tuning", "valid") ?? reward;
  const names = curves.names("tuning").filter((name) => !SHOWN.includes(name));
  const ordered = [
    ...Object.keys(TITLES).filter((name) => names.includes(name)),
    ...names.filter((name) => !(name in TITLES)),
  ];
  const others = ordered.flatMap((name) => {
    const curve = curves.of("tuning", name);
    const constant = curve?.y.every((value) => value === curve.y[0]) ?? true;
    return curve === undefined || constant
      ? []
      : [small(name in TITLES ? `${name}: ${TITLES[name]}` : name, curve, "response")];
  });
  return `<h2>Tuning</h2>
<div class="main">${hoverable(main, measure, reward)}</div>
<div class="charts">${[frontier(curves), hoverable([rules], "valid", valid), ...others].join("\n")}</div>
${before.length === 0 ? "" : `<h2>Before tuning</h2>\n<div class="charts">${before.join("\n")}</div>`}`;
}

/** What a trainer makes large: a reward, or the margin between the two of a pair. */
const MEASURES = { reward: "Reward", margin: "Margin of the implicit reward" } as const;

function measureOf(curves: LanguageCurves): keyof typeof MEASURES {
  return curves.of("tuning", "margin") === undefined ? "reward" : "margin";
}

/** Reward and gold score over the root of the divergence: where the two part, the reward is being fooled (arXiv:2210.10760). */
function frontier(curves: LanguageCurves): string {
  const measure = measureOf(curves);
  const sorted = [...curves.points].sort((a, b) => a.rootKl - b.rootKl);
  const x = sorted.map(({ rootKl }) => rootKl);
  const drawn = drawChart(
    [
      { label: measure, x, y: sorted.map(({ reward }) => reward), colour: BLUE },
      { label: "gold score", x, y: sorted.map(({ gold }) => gold), colour: ORANGE },
    ],
    { ...SMALL, title: `${measure} and gold score by √KL`, xLabel: "√KL from the reference" },
  );
  return `<figure>${drawn.svg}</figure>`;
}

function samples({ samples }: Assessment): string {
  const row = ({ before, after }: Assessment["samples"][number]): string =>
    `<tr><th>${escapeXml(before.prompt)}</th><td>${text(before)}</td><td>${text(after)}</td></tr>`;
  return `<table class="marks"><tr><th>prompt</th><td>before</td><td>after</td></tr>\n${samples.map(row).join("\n")}</table>`;
}

function text({ response, ended }: Written): string {
  return escapeXml(ended ? response : `${response} … (cut)`);
}

function settings({ heading, schema, values, usual }: LanguageReport["options"][number]): string {
  const known = Object.entries(values).filter(([name]) => Object.hasOwn(schema, name));
  const rows = known.map(([name, value]) => {
    const changed = JSON.stringify(value) !== JSON.stringify(usual[name] ?? schema[name]?.default);
    return `<tr><th><code>${escapeXml(name)}</code></th><td class="value${changed ? " changed" : ""}">${escapeXml(String(value))}</td><td class="help">${escapeXml(schema[name]?.help ?? "")}</td></tr>`;
  });
  return `<p class="soft">${escapeXml(heading)}</p>\n<table>${rows.join("\n")}</table>`;
}
