import { expect, it } from "vitest";
import { keepAnswers, keptAnswers } from "./kept-answers.js";

const answer = { prompt: "the film was", chosen: " warm.", rejected: " dull." };

function storage(text: string | null = null) {
  const kept = { text };
  return {
    kept,
    getItem: () => kept.text,
    setItem: (_: string, value: string) => {
      kept.text = value;
    },
  };
}

it("keeps answers and finds them again", () => {
  const place = storage();
  expect(keptAnswers(place)).toEqual([]);
  keepAnswers([answer], place);
  expect(keptAnswers(place)).toEqual([answer]);
});

it("takes nothing that is no list of answers", () => {
  for (const text of ["{", "3", '[{"prompt":"a"}]', "[null]"]) expect(keptAnswers(storage(text))).toEqual([]);
});

it("goes on where storage is forbidden", () => {
  const forbidden = {
    getItem(): never {
      throw new Error("no");
    },
    setItem(): never {
      throw new Error("no");
    },
  };
  expect(keptAnswers(forbidden)).toEqual([]);
  expect(() => keepAnswers([answer], forbidden)).not.toThrow();
});
