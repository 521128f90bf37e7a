/**
 * A language model with a reward of one's own: any function of a response, in named parts, that may take its time. This one
 * has degrees: a model that sorts three of six digits learns more from it than from right or wrong.
 */
import { assess, digitTask, type Reward, trainLanguage } from "ascent/language";

const task = digitTask("sort");

/** The share of digits in their place, and a fine for responses of another length. A server could be asked here. */
const reward: Reward = async ({ prompt, response }) => {
  const right = task.answer(prompt);
  const inPlace = [...right].filter((digit, i) => digit === response[i]).length;
  return { inPlace: inPlace / right.length, length: response.length === right.length ? 0 : -0.5 };
};

const run = trainLanguage({
  task: "sort",
  trainer: "rloo",
  reward,
  pipeline: { textUpdates: 20, textBatch: 32, prompts: 8 },
  options: { samplesPerPrompt: 8 },
  responses: 24 * 64,
  seed: 0,
});
for await (const { episodes, averageReturn, info } of run) {
  if (episodes === 0 || episodes % 384 !== 0) continue;
  console.log(`${episodes} responses: reward ${averageReturn.toFixed(2)}, in place ${info.inPlace.toFixed(2)}`);
}
const { before, after } = assess(
  { task, model: run.model, reference: run.reference },
  { prompts: 64, temperature: 0.7 },
);
console.log(`valid: ${before.valid.toFixed(2)} before, ${after.valid.toFixed(2)} after`);
console.log(
  run.responses
    .slice(0, 3)
    .map((one) => one.prompt + one.response)
    .join(" "),
);
