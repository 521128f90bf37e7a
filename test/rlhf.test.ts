/** `ascent rlhf`, `generate` and `chat`, in small runs. Run `npm run build` first. */

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ascent, ascentAlone, emptyPlace } from "./ascent-program.js";

const SMALL = [
  "rlhf",
  "sentiment",
  "--text-updates",
  "4",
  "--text-batch",
  "8",
  "--pairs",
  "12",
  "--prompts",
  "6",
  "--pair-batch",
  "6",
  "--pair-epochs",
  "1",
  "--responses",
  "18",
  "--epochs",
  "1",
];
const files = [
  "checkpoint.safetensors",
  "metrics.jsonl",
  "model.safetensors",
  "reference.safetensors",
  "preferences.jsonl",
];
const bytes = (folder: string): string[] => files.map((name) => readFileSync(join(folder, name), "base64"));

const place = emptyPlace();
const run = await ascent([...SMALL, "--out", "runs/small"], place);
const folder = join(place, "runs/small");

test("a run goes through its stages, and says what came of it", () => {
  expect(run).toMatchObject({ code: 0, stderr: "" });
  for (const text of [
    "texts: learns to write",
    "pairs: writes pairs",
    "judging: a reward model",
    "tuning: improves",
    "wins ",
    "npx ascent generate",
  ])
    expect(run.stdout).toContain(text);
  for (const name of [...files, "report.html", "assessment.json"])
    expect(existsSync(join(folder, name)), name).toBe(true);
  const lines = readFileSync(join(folder, "metrics.jsonl"), "utf8").trim().split("\n");
  expect(lines.map((line) => JSON.parse(line).diagnostics.stage)).toEqual([0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 3]);
  expect(readFileSync(join(folder, "preferences.jsonl"), "utf8").trim().split("\n")).toHaveLength(12);
});

test("its report has the command that makes it again, and the tokens of responses", () => {
  const html = readFileSync(join(folder, "report.html"), "utf8");
  expect(html).toContain(
    "npx ascent rlhf sentiment --seed 0 --responses 18 --text-updates 4 --text-batch 8 --pairs 12 --pair-epochs 1 --pair-batch 6 --prompts 6 --epochs 1",
  );
  expect(html).toContain('<div class="tokens">');
  expect(html).not.toMatch(/[^s]NaN|undefined/);
});

test("a killed run goes on with the same bytes", async () => {
  const cut = emptyPlace();
  const args = [...SMALL, "--json", "--checkpoint-seconds", "0", "--out", "cut"];
  let lines = 0;
  await ascentAlone(args, cut, (child) => {
    child.stdout?.on("data", (text: Buffer) => {
      lines += text.toString().split("\n").length - 1;
      if (lines >= 6) child.kill("SIGKILL");
    });
  });
  expect(existsSync(join(cut, "cut/report.html"))).toBe(false);
  const resumed = await ascent(["rlhf", "--resume", "cut", "--quiet"], cut);
  expect(resumed).toMatchObject({ code: 0, stderr: "" });
  expect(bytes(join(cut, "cut"))).toEqual(bytes(folder));
});

test("another run begins with its model and with preferences from a file", async () => {
  writeFileSync(join(place, "mine.jsonl"), readFileSync(join(folder, "preferences.jsonl")));
  const args = [
    "rlhf",
    "--from",
    "small",
    "--preferences",
    "mine.jsonl",
    "--responses",
    "6",
    "--prompts",
    "6",
    "--json",
    "--out",
    "again",
  ];
  const { code, stdout, stderr } = await ascent(args, place);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const events = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(events[0]).toMatchObject({ type: "start", warning: null, updates: 0, episodes: 0, steps: 0 });
  expect(events[0].config).toMatchObject({ envOptions: { textUpdates: 0, pairs: 12, judge: "given" } });
  expect(events.at(-1)).toMatchObject({ type: "result", status: "finished", episodes: 6 });
  expect(events.filter(({ type }) => type === "update").map(({ diagnostics }) => diagnostics.stage)).toEqual([2, 2, 3]);
});

test("dpo learns from pairs without a reward model, and goes on with the same bytes", async () => {
  const args = ["rlhf", "--trainer", "dpo", "--from", "small", "--pairs", "12", "--prompts", "6", "--pair-batch", "6"];
  const { code, stdout, stderr } = await ascent([...args, "--out", "runs/dpo"], place);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toMatch(/update 8 of 8 .*margin .*loss .*accuracy .*gold .*KL /);
  const made = join(place, "runs/dpo");
  const html = readFileSync(join(made, "report.html"), "utf8");
  expect(html).toContain("npx ascent rlhf sentiment --trainer dpo --seed 0 ");
  expect(html).toContain("Margin of the implicit reward and gold score");
  expect(html).not.toMatch(/[^s]NaN|undefined|--responses/);
  const cut = emptyPlace();
  writeFileSync(join(cut, "model"), readFileSync(join(folder, "model.safetensors")));
  const killed = [...args.map((word) => (word === "small" ? "model" : word)), "--json", "--checkpoint-seconds", "0"];
  let lines = 0;
  await ascentAlone([...killed, "--out", "cut"], cut, (child) => {
    child.stdout?.on("data", (text: Buffer) => {
      lines += text.toString().split("\n").length - 1;
      if (lines >= 5) child.kill("SIGKILL");
    });
  });
  expect(await ascent(["rlhf", "--resume", "cut", "--quiet"], cut)).toMatchObject({ code: 0, stderr: "" });
  expect(bytes(join(cut, "cut"))).toEqual(bytes(made));
  expect((await ascent(["doctor", "dpo"], place)).code).toBeLessThan(2);
  expect((await ascent(["list", "runs"], place)).stdout).toMatch(/dpo +finished +96/);
});

test("generate keeps the best of n by the run's reward, and says how far they are from the rest at most", async () => {
  for (const run of ["small", "dpo"]) {
    const args = ["generate", run, "--best-of", "4", "--count", "3"];
    const { stdout, code } = await ascent([...args, "--json"], place);
    expect(code).toBe(0);
    const lines = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines).toHaveLength(4);
    const { bestOf, reward, gold, klBound } = lines[3];
    expect({ bestOf, klBound }).toEqual({ bestOf: 4, klBound: Math.log(4) - 0.75 });
    expect(reward.best).toBeGreaterThanOrEqual(reward.all);
    expect(gold.best).toBeTypeOf("number");
    expect((await ascent(args, place)).stdout).toMatch(
      /Best of 4: reward .* \(of all: .*KL from the model at most 0.6363 nats/,
    );
  }
  expect(await ascent(["generate", "runs/small/model.safetensors", "--best-of", "4"], place)).toMatchObject({
    code: 2,
  });
});

test("generate writes texts, with log-probabilities as JSON", async () => {
  const { stdout, code } = await ascent(["generate", "small", "--count", "2", "--json"], place);
  expect(code).toBe(0);
  const texts = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(texts).toHaveLength(2);
  for (const { ids, logProbs, prompt } of texts) {
    expect(logProbs).toHaveLength(ids.length);
    expect(prompt).toMatch(/^the \w+ was$/);
  }
  const again = await ascent(
    ["generate", "runs/small/model.safetensors", "--prompt", "the film was", "--count", "1", "--top-k", "1"],
    place,
  );
  expect(again.stdout).toMatch(/^the film was/);
  const none = await ascent(["generate", "runs/small/model.safetensors"], place);
  expect(none).toMatchObject({ code: 2, stderr: expect.stringContaining("--prompt") });
  const other = await ascent(["generate", "small", "--prompt", "THE FILM"], place);
  expect(other).toMatchObject({ code: 2, stderr: expect.stringContaining("28 characters") });
});

test("doctor reads its log; commands for environments say what to use", async () => {
  const doctor = await ascent(["doctor", "small"], place);
  expect(doctor.stdout).toContain("docs/doctor.md");
  for (const command of ["watch", "evaluate", "record"]) {
    const refused = await ascent([command, "small"], place);
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining("ascent generate") });
  }
  expect(await ascent(["train", "--resume", "runs/small"], place)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("rlhf --resume"),
  });
  const list = await ascent(["list", "runs"], place);
  expect(list.stdout).toMatch(/RUN +STATUS +RESPONSES +TOKENS/);
  expect(list.stdout).toMatch(/small +finished +18/);
  const compared = await ascent(["compare", "runs/small"], place);
  expect(compared.stdout).toContain("response");
  expect(compared.stdout).not.toContain("episode");
  expect(await ascent(["train", "--from", "small"], place)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("ascent rlhf sentiment --from small"),
  });
});

test.each([
  ["rlhf sentimental", "Did you mean sentiment?"],
  ["rlhf sort --bta 1", "Did you mean --beta?"],
  ["rlhf sort --trainer pppo", "Did you mean ppo?"],
  ["rlhf sort --trainer best-of-n", "ascent generate --best-of 8"],
  ["rlhf sort --trainer dpo --reward gold", "dpo learns from preferences"],
  ["rlhf sort --text-updates -1", "--text-updates"],
  ["rlhf sentiment --reward last-digit", "--reward: got"],
  ["rlhf --resume runs/small --beta 1", "--beta can't go with --resume"],
  ["rlhf --from nowhere", "nowhere"],
  ["rlhf --preferences nowhere.jsonl", "nowhere.jsonl"],
  ["chat nowhere", "nowhere"],
])("%s is refused", async (line, said) => {
  const { code, stderr } = await ascent(line.split(" "), place);
  expect(code).toBeGreaterThan(0);
  expect(stderr).toContain(said);
  expect(stderr).not.toContain("should not have happened");
});
