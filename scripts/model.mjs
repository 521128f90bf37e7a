/** Makes the model that comes with the package: a small GPT that has learned to write reviews. Same command, same bytes. */

import { mkdirSync, writeFileSync } from "node:fs";
import { trainLanguage } from "../dist/language/index.js";

const UPDATES = 1600;

const run = trainLanguage({ task: "sentiment", seed: 1, pipeline: { textUpdates: UPDATES, reward: "gold" } });
for (let update = 1; update <= UPDATES; update++) {
  const { diagnostics } = run.advance();
  if (update % 100 === 0) console.log(`update ${update} of ${UPDATES}: ${diagnostics.loss.toFixed(3)} nats a token`);
}
mkdirSync("models", { recursive: true });
writeFileSync("models/sentiment.safetensors", run.reference.toBytes());
console.log("models/sentiment.safetensors");
