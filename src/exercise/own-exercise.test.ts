import { expect, it } from "vitest";
import { checkAnswer, compare, defineExercise, type Exercise, explain, unmet } from "./index.js";

interface Answer {
  half(x: number): number;
}

const exercise: Exercise<Answer> = {
  name: "half",
  summary: "half of a number",
  functions: ["half"],
  mistakes: { "half/doubled": "It is doubled." },
  tests: [
    {
      name: "of-four",
      subject: "half",
      wants: "2 for 4",
      seconds: 1,
      run: ({ half }) => ({ fault: compare("half(4)", [half(4)], [2], [["half/doubled", [8]]]) }),
    },
    { name: "later", subject: "half", needs: ["half"], wants: "more", seconds: 1, run: () => ({}) },
  ],
};

it("an exercise of one's own has mistakes of its own, and those of every exercise", () => {
  const own = defineExercise(exercise);
  const sentencesOf = (module: object): (string | undefined)[] =>
    [...checkAnswer(own, module)].map(({ evidence: { fault } }) => fault && explain(own, fault));
  expect(sentencesOf({ half: (x: number) => x / 2 })).toEqual([undefined, undefined]);
  expect(sentencesOf({ half: (x: number) => 2 * x })).toEqual(["It is doubled.", undefined]);
  expect(sentencesOf({ half: () => Number.NaN })[0]).toMatch(/^The result is not finite/);
  expect(sentencesOf({})[0]).toMatch(/^The file does not export this function/);
  expect(
    sentencesOf({
      half() {
        throw new Error("no");
      },
    })[0],
  ).toBe("Your code threw an error.");
});

it("a test waits for the functions that it needs", () => {
  const own = defineExercise(exercise);
  const results = [...checkAnswer(own, { half: () => 0 })];
  expect(results.map(({ waitsFor }) => waitsFor)).toEqual([[], ["half"]]);
  expect(unmet(own.tests[1], [...checkAnswer(own, { half: () => 2 })])).toEqual([]);
  expect(unmet({ ...own.tests[1], needs: ["half", "quarter"] }, results)).toEqual(["half"]);
});

it("a test that waits for another names what that one waits for", () => {
  const later = exercise.tests[1];
  const tests = [...exercise.tests, { ...later, name: "last", subject: "train", needs: ["quarter"] }];
  const own = defineExercise({
    ...exercise,
    tests: tests.map((one) => (one === later ? { ...one, subject: "quarter" } : one)),
  });
  expect([...checkAnswer(own, { half: () => 0 })].map(({ waitsFor }) => waitsFor)).toEqual([[], ["half"], ["half"]]);
});
