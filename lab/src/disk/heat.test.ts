import { expect, test } from "vitest";
import { axisOf, spotsOf } from "./heat.js";
import type { CellView } from "./reader-protocol.js";

const cell = (settings: CellView["settings"], score: number | null, kind = "slow"): CellView => ({
  settings,
  score,
  kind,
  text: "",
  done: 1,
  solved: 0,
  runs: [],
});

test("cells lie over two settings, numbers in order, and those that share a place are one spot", () => {
  const cells = [
    cell({ rate: 0.1, hidden: [64, 64], gamma: 1 }, 1, "collapsed"),
    cell({ rate: 0.01, hidden: [64, 64], gamma: 1 }, 4, "solved"),
    cell({ rate: 0.01, hidden: [64, 64], gamma: 0.9 }, 2),
    cell({ rate: 0.01, hidden: [64, 64], gamma: 0.8 }, null),
  ];
  const [rows, columns] = [axisOf("rate", cells), axisOf("hidden", cells)];
  expect([rows.labels, columns.labels]).toEqual([["0.01", "0.1"], ["64,64"]]);
  const spots = spotsOf(cells, rows, columns);
  expect(spots.map(([spot]) => [spot?.cells.length, spot?.score, spot?.kind])).toEqual([
    [3, 3, "slow"],
    [1, 1, "collapsed"],
  ]);
  expect(spotsOf(cells, axisOf("gamma", cells), columns)[0][0]?.score).toBeNull();
  expect(spotsOf([cells[0]], rows, columns)[0][0]).toBeUndefined();
  expect(axisOf(undefined, cells).labels).toEqual([""]);
});

test("drawn numbers are put together in groups", () => {
  const cells = Array.from({ length: 40 }, (_, i) => cell({ rate: i }, i));
  const rows = axisOf("rate", cells);
  expect(rows.labels[0]).toBe("0 – 4");
  const spots = spotsOf(cells, rows, axisOf(undefined, cells));
  expect(spots.map(([spot]) => spot?.cells.length)).toEqual([5, 5, 5, 5, 5, 5, 5, 5]);
});
