/**
 * Two softmax policies follow their exact gradients against each other in rock, paper, scissors. The strategies circle the
 * equilibrium and drift away from it. Their time average comes close to it, and with an entropy bonus they converge.
 */
import { ROCK_PAPER_SCISSORS } from "ascent/envs";
import { chart } from "ascent/plot";
import { selfPlay } from "ascent/tabular";

const logits = [
  [0.5, 0, 0],
  [0, 0, 0],
] as const;

for (const entropyBonus of [0, 0.05]) {
  const steps: number[] = [];
  const last: number[] = [];
  const average: number[] = [];
  for (const here of selfPlay(ROCK_PAPER_SCISSORS, { logits, learningRate: 0.1, entropyBonus })) {
    steps.push(here.step);
    last.push(here.exploitability);
    average.push(here.averageExploitability);
    if (here.step === 10_000) break;
  }
  const series = [
    { label: "last strategies", x: steps, y: last, faint: true },
    { label: "their average", x: steps, y: average },
  ];
  const title = `exploitability, entropy bonus ${entropyBonus}`;
  console.log(chart(series, { columns: 72, rows: 12, title, xLabel: "updates" }));
  console.log(`in the end ${last.at(-1)!.toFixed(4)}, of the average ${average.at(-1)!.toFixed(4)}\n`);
}
