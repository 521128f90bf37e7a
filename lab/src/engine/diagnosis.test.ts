import { trainNamed } from "ascent";
import { readLink } from "ascent/links";
import { expect, it } from "vitest";
import { History } from "../state/history.js";
import { diagnosisOf } from "./diagnosis.js";

const config = { algorithm: "ppo", env: "CartPole-v1", seed: 0, steps: 4096, options: { learningRate: 0.09 } };
const training = trainNamed(config);
const updates = [...training];

it("has the next run as a link: the same run but for the settings that the doctor would change", () => {
  const history = new History();
  history.add({ updates });
  const diagnosis = diagnosisOf({ training }, history.data());
  if (typeof diagnosis === "string") throw new Error(diagnosis);
  const [{ next, tryNext }] = diagnosis;
  const { learningRate, ...others } = Object.fromEntries(next?.settings ?? []) as Record<string, number>;
  expect(learningRate).toBe(0.01);
  const options = { ...training.config.options, learningRate, ...others };
  const { config: linked, same } = readLink(next?.link ?? "");
  expect(trainNamed(linked).config).toEqual({ ...training.config, options });
  expect(same).toBe(true);
  expect(tryNext).toContain("--learning-rate 0.01");
});

it("says nothing of a run whose beginning it has not seen", () => {
  const history = new History();
  history.add({ updates: updates.slice(3) });
  expect(diagnosisOf({ training }, history.data())).toBe("no beginning");
});
