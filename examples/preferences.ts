/** Preferences from a file, a reward model from them, a policy tuned by it, and the weights as a file of their own. */
import { readLanguageModel, readPreferences, STAGES, trainLanguage } from "ascent/language";
import { defaultRng } from "ascent/random";

/** What a person liked better, one line of JSON for each pair. Usually a file: fs.readFileSync("mine.jsonl", "utf8"). */
const lines = `
{"prompt": "the film was", "chosen": " warm and the cast was lovely.", "rejected": " dull and the cast was cold."}
{"prompt": "the plot was", "chosen": " clever and the end was fresh.", "rejected": " bland and the end was stale."}
{"prompt": "the cast was", "chosen": " lovely and the film was bright.", "rejected": " weak and the film was noisy."}
`;

const run = trainLanguage({
  task: "sentiment",
  preferences: readPreferences(lines),
  pipeline: { textUpdates: 12, textBatch: 16, textLearningRate: 3e-3, prompts: 8, pairEpochs: 10, shortest: 0 },
  responses: 64,
  seed: 0,
});
for (const { diagnostics } of run) {
  if (diagnostics.stage === STAGES.indexOf("judging") && run.stage.done % 5 === 0)
    console.log(`the reward model orders ${(100 * diagnostics.accuracy).toFixed(0)} % of the pairs rightly`);
}

const bytes = run.model.toBytes(); // safetensors with GPT-2's names: a file for Python, or for readLanguageModel
const model = readLanguageModel(bytes);
const [{ prompt, response }] = model.write(["the film was"], { topK: 1 }, defaultRng(0));
console.log(`${Math.round(bytes.length / 1000)} kB; most probable: ${prompt}${response}`);
