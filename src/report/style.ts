/** How a report looks: on light and dark screens, and on paper. */
export const REPORT_STYLE = `
:root { color-scheme: light dark; --ink: #1d2733; --soft: #5b6877; --line: #dfe4ea; --ground: #ffffff; --card: #f7f8fa;
  --good: #1f7a4d; --bad: #b3372f; --plain: #2f5f94; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e3e8ee; --soft: #98a5b3; --line: #2d3742; --ground: #14191f; --card: #1b222a;
    --good: #5cc492; --bad: #f08a80; --plain: #86b4e8; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1040px; padding: 40px 24px 64px; background: var(--ground); color: var(--ink);
  font: 15px/1.55 ui-sans-serif, system-ui, sans-serif; }
h1 { font-size: 28px; line-height: 1.2; margin: 0 0 4px; font-weight: 650; letter-spacing: -0.01em; }
h2 { font-size: 17px; margin: 40px 0 12px; font-weight: 650; }
.soft { color: var(--soft); }
.verdict { margin: 20px 0 0; padding: 14px 18px; border-left: 4px solid var(--plain); background: var(--card); font-size: 17px; }
.verdict.solved { border-color: var(--good); }
.verdict.collapsed, .verdict.failed { border-color: var(--bad); }
dl.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(120px, 1fr)); gap: 16px; margin: 24px 0 0; }
dl.figures dt { color: var(--soft); font-size: 13px; }
dl.figures dd { margin: 0; font-size: 20px; font-weight: 600; font-variant-numeric: tabular-nums; }
svg { max-width: 100%; height: auto; display: block; }
figure { margin: 0; position: relative; }
figure svg { width: 100%; touch-action: pan-y; }
figure output { position: absolute; top: 3px; right: 12px; padding: 0 6px; background: var(--ground); color: var(--soft); font-size: 12px;
  font-variant-numeric: tabular-nums; pointer-events: none; }
.main path[d*="h0"] { stroke-width: 3.5px; }
.main svg:nth-of-type(2) { display: none; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(340px, 100%), 1fr)); gap: 20px 16px; margin-top: 20px; }
.player { border: 1px solid var(--line); border-radius: 6px; overflow: hidden; background: #ffffff; }
#stage svg { width: 100%; max-height: 72vh; margin: 0 auto; }
.controls { display: flex; gap: 12px; align-items: center; padding: 8px 12px; background: var(--card); border-top: 1px solid var(--line); }
.controls input { flex: 1; accent-color: var(--plain); }
.controls button { font: inherit; color: inherit; min-width: 72px; padding: 3px 10px; background: var(--ground); border: 1px solid var(--line);
  border-radius: 4px; cursor: pointer; }
.controls output { color: var(--soft); min-width: 72px; text-align: right; font-variant-numeric: tabular-nums; }
table { border-collapse: collapse; width: 100%; }
td, th { text-align: left; padding: 5px 16px 5px 0; border-bottom: 1px solid var(--line); vertical-align: top; font-weight: 400; }
th { white-space: nowrap; }
td.value { font-variant-numeric: tabular-nums; white-space: nowrap; }
td.changed { font-weight: 650; }
td.help { color: var(--soft); }
code { font: 13px/1.5 ui-monospace, monospace; overflow-wrap: anywhere; }
pre { background: var(--card); padding: 12px 16px; border-radius: 6px; white-space: pre-wrap; margin: 0; }
@media (max-width: 640px) {
  body { padding: 24px 16px 48px; }
  .main svg:nth-of-type(1) { display: none; }
  .main svg:nth-of-type(2) { display: block; }
  tbody, tr, th, td { display: block; }
  tr { display: flex; flex-wrap: wrap; justify-content: space-between; column-gap: 16px; padding: 7px 0; border-bottom: 1px solid var(--line); }
  td, th { padding: 0; border: 0; }
  td.value { white-space: normal; overflow-wrap: anywhere; text-align: right; }
  td.help { flex-basis: 100%; font-size: 14px; }
}
@media print {
  :root { --ink: #000000; --soft: #444444; --line: #cccccc; --ground: #ffffff; --card: #ffffff; }
  body { padding: 0; max-width: none; font-size: 11px; }
  .controls { display: none; }
  .charts { grid-template-columns: 1fr 1fr; }
  h2, svg, .player, tr { break-inside: avoid; }
  h2 { break-after: avoid; margin-top: 24px; }
}
`;
