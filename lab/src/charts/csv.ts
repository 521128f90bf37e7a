import type { Table } from "./chart-menu.js";

/** All runs below each other, with the run's name in the first column. Numbers have all their digits; NaN is an empty cell. */
export function csvOf(tables: readonly Table[]): string {
  const names = [...new Set(tables.flatMap(({ columns }) => columns.map(([name]) => name)))];
  const lines = [["run", ...names].map(cell).join(",")];
  for (const { run, columns } of tables) {
    const own = names.map((name) => columns.find(([column]) => column === name)?.[1]);
    const rows = Math.max(0, ...columns.map(([, numbers]) => numbers.length));
    const first = cell(run);
    for (let i = 0; i < rows; i++) {
      const cells = own.map((numbers) => (numbers === undefined || Number.isNaN(numbers[i]) ? "" : String(numbers[i])));
      lines.push([first, ...cells].join(","));
    }
  }
  return `${lines.join("\r\n")}\r\n`;
}

/** Quoted where it has to be. */
function cell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
