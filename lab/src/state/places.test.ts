import { expect, it } from "vitest";
import { placesOf } from "./places.js";

it("the seeds of a group have one place, that of the first of them", () => {
  const run = (id: number, group?: number) => ({ id, colour: group ?? id, group });
  const places = placesOf([run(1), run(2, 7), run(3), run(4, 7)]);
  expect(places.map(({ key, group, runs }) => [key, group, runs.map(({ id }) => id)])).toEqual([
    ["run 1", false, [1]],
    ["group 7", true, [2, 4]],
    ["run 3", false, [3]],
  ]);
});
