/** What a sweep's report adds to the style of reports. */
export const SWEEP_STYLE = `
.verdict.slow, .verdict.unstable { border-color: #c08a1e; }
.verdict.diverged, .verdict.no-gradient { border-color: var(--bad); }
.maps { display: flex; flex-wrap: wrap; gap: 24px; }
.maps figure { flex: 0 1 auto; min-width: 0; overflow-x: auto; }
.maps figure svg { width: auto; max-width: none; }
.key { display: flex; flex-wrap: wrap; align-items: center; gap: 6px 14px; margin: 12px 0 0; color: var(--soft); font-size: 13px; }
.key i { display: inline-block; width: 110px; height: 12px; border-radius: 3px;
  background: linear-gradient(90deg, #440154, #3b528b, #21918c, #5ec962, #fde725); }
.cells { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(310px, 100%), 1fr)); gap: 16px; }
article { padding: 12px 14px; border: 1px solid var(--line); border-radius: 6px; min-width: 0; }
article h3 { margin: 0; font-size: 14px; font-weight: 650; overflow-wrap: anywhere; }
article p { margin: 6px 0 0; font-size: 14px; }
article svg { width: 100%; }
.kind { font-weight: 650; color: var(--plain); }
.kind.solved { color: var(--good); }
.kind.diverged, .kind.collapsed, .kind.failed, .kind.no-gradient { color: var(--bad); }
details { margin-top: 8px; font-size: 13px; }
summary { cursor: pointer; color: var(--soft); }
table.seeds th, table.seeds td { padding: 3px 10px 3px 0; }
a { color: var(--plain); }
.wide { display: block; } .narrow { display: none; }
@media (max-width: 640px) {
  .wide { display: none; } .narrow { display: block; }
  .maps figure svg { max-width: 100%; }
  table.seeds tbody { display: table-row-group; } table.seeds tr { display: table-row; }
  table.seeds th, table.seeds td { display: table-cell; }
}
`;
