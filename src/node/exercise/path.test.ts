import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { exercises } from "../../exercise/index.js";
import { isComplete, milestones, nextOn } from "./path.js";

/** An empty folder with folders in it, each with grades: the number of tests that pass, of ten. */
function placeWith(grades: Readonly<Record<string, Readonly<Record<string, number>>>>): string {
  const place = mkdtempSync(join(tmpdir(), "ascent-path-"));
  for (const [folder, passed] of Object.entries(grades)) {
    mkdirSync(join(place, folder), { recursive: true });
    const graded = Object.entries(passed).map(([name, count]) => [
      name,
      { passed: count, of: 10, best: count, tests: {}, hints: {} },
    ]);
    writeFileSync(join(place, folder, "grade.json"), JSON.stringify(Object.fromEntries(graded)));
  }
  return place;
}

it("the path has every exercise in order, and starts with the first", () => {
  const path = milestones(placeWith({}));
  expect(path.map(({ exercise }) => exercise.name)).toEqual(["reinforce", "baseline", "actor-critic", "gae", "ppo"]);
  expect(nextOn(path, "mine")).toEqual({ exercise: exercises[0], folder: "mine", started: false });
});

it("the best grade of an exercise counts, in the folder itself or in one below it", () => {
  const place = placeWith({ old: { reinforce: 4 }, mine: { reinforce: 10, baseline: 3 } });
  const path = milestones(place);
  expect(path.map(({ grade, folder }) => [grade?.passed, folder])).toEqual([
    [10, join(place, "mine")],
    [3, join(place, "mine")],
    [undefined, undefined],
    [undefined, undefined],
    [undefined, undefined],
  ]);
  expect(path.map(isComplete)).toEqual([true, false, false, false, false]);
  expect(milestones(join(place, "old"))[0].grade?.passed).toBe(4);
});

it("what comes next is the first exercise that is not complete, to start or to check in the folder of the others", () => {
  const place = placeWith({ mine: { reinforce: 10 } });
  const next = (): unknown => nextOn(milestones(place), "elsewhere");
  expect(next()).toEqual({ exercise: exercises[1], folder: join(place, "mine"), started: false });
  writeFileSync(join(place, "mine/baseline.js"), "");
  expect(next()).toEqual({ exercise: exercises[1], folder: join(place, "mine"), started: true });
  const all = placeWith({ ".": Object.fromEntries(exercises.map(({ name }) => [name, 10])) });
  expect(nextOn(milestones(all), "elsewhere")).toBeUndefined();
});

it("after an exercise come those that build on it, and then those that were left out", () => {
  const place = placeWith({ late: { gae: 10 } });
  const next = (done: string) => nextOn(milestones(place), "elsewhere", done)?.exercise.name;
  expect(next("gae")).toBe("ppo");
  expect(next("ppo")).toBe("reinforce");
});

it("what was started in the folder itself comes next there, though another folder has a grade of it", () => {
  const place = placeWith({ mine: { reinforce: 10 }, theirs: { baseline: 3 } });
  const mine = join(place, "mine");
  const next = (): unknown => nextOn(milestones(mine, place), mine, "reinforce")?.folder;
  expect(next()).toBe(join(place, "theirs"));
  writeFileSync(join(mine, "baseline.ts"), "");
  expect(next()).toBe(mine);
});

it("grades in other folders count too, for exercises that have a folder each", () => {
  const place = placeWith({ reinforce: { reinforce: 10 }, baseline: { baseline: 3 } });
  const grades = (...folders: [string, ...string[]]) => milestones(...folders).map(({ grade }) => grade?.passed);
  expect(grades(join(place, "baseline")).slice(0, 2)).toEqual([undefined, 3]);
  expect(grades(join(place, "baseline"), place).slice(0, 2)).toEqual([10, 3]);
});

it("a grade.json below that is none of ours is passed over; in the folder itself it is an error", () => {
  const place = placeWith({ school: {} });
  writeFileSync(join(place, "school/grade.json"), '{"maths": "B"}');
  expect(milestones(place).every(({ grade }) => grade === undefined)).toBe(true);
  expect(() => milestones(join(place, "school"))).toThrow(
    /grade\.json: this is not a grade that ascent exercise check wrote/,
  );
});
