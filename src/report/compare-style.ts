/** What the page of a comparison adds to the style of reports. */
export const COMPARE_STYLE = `
.scroll { overflow-x: auto; }
table.groups td, table.groups th { white-space: nowrap; }
.key { display: inline-block; width: 14px; height: 3px; border-radius: 2px; margin-right: 8px; vertical-align: middle; }
.range { display: block; position: relative; width: 110px; height: 14px; }
.range::before { content: ""; position: absolute; left: 0; right: 0; top: 6px; height: 1px; background: var(--line); }
.range i { position: absolute; top: 5px; height: 4px; border-radius: 2px; background: var(--plain); opacity: 0.45; }
.range b { position: absolute; top: 2px; width: 10px; height: 10px; margin-left: -5px; border-radius: 5px; background: var(--plain); }
.range u { position: absolute; top: 0; width: 1px; height: 14px; background: var(--ink); opacity: 0.5; }
ul.keys { list-style: none; padding: 0; margin: 12px 0; }
ul.keys li { margin: 4px 0; }
summary { cursor: pointer; }
ul.plain { padding-left: 18px; margin: 12px 0; }
.warn { border-left: 4px solid var(--bad); background: var(--card); padding: 8px 14px; margin: 12px 0; }
@media (max-width: 640px) {
  table.groups thead { display: none; }
  table.groups tr { display: block; padding: 10px 0; }
  table.groups th { font-weight: 650; white-space: normal; padding-bottom: 2px; }
  table.groups th[data-name]::before { content: attr(data-name) " "; color: var(--soft); font-weight: 400; }
  table.groups td { display: flex; justify-content: space-between; column-gap: 16px; white-space: normal; text-align: right; }
  table.groups td[data-name]::before { content: attr(data-name); color: var(--soft); text-align: left; }
}
`;
