/** `ascent estimators`, in the built program. Run `npm run build` first. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { ascent, emptyPlace } from "./ascent-program.js";
import { read } from "./golden/read.js";

it("--golden prints the table of the Python enumeration to 6 digits", async () => {
  const golden = read<Record<string, Record<string, readonly number[]>>>("estimators");
  const { code, stdout } = await ascent(["estimators", "--golden"]);
  expect(code).toBe(0);
  const sections = stdout.split("\n\n").map((section) => section.trim().split("\n"));
  expect(sections.map(([title]) => title)).toEqual(
    ["bandit", "two-step", "chain"].map((world) => `${world}, batches of 4 episodes`),
  );
  for (const [title, , ...lines] of sections) {
    const rows = golden[title.split(",")[0]];
    const printed = new Map(lines.map((line) => [line.split(/ +/)[0], line.split(/ +/).slice(1).map(Number)]));
    const actions = title.startsWith("bandit") ? 3 : 2;
    for (const [name, numbers] of Object.entries(rows)) {
      const kept = numbers.filter((_, i) => i === numbers.length - 1 || i % actions < actions - 1);
      const own = printed.get(name) ?? [];
      expect(own).toHaveLength(kept.length);
      own.forEach((number, i) => void expect(Math.abs(number - kept[i])).toBeLessThan(6e-7));
    }
  }
});

it("a world is measured against theory, as a table with bars and as JSON", async () => {
  const line = ["estimators", "chain", "--estimators", "to-go,td-wrong", "--batches", "1000", "--episodes", "3"];
  const [text, json] = await Promise.all([ascent(line), ascent([...line, "--json"])]);
  expect([text.code, json.code]).toEqual([0, 0]);
  expect(text.stdout).toMatch(/batches of 3 episodes, all batches enumerated, 1,000 batches drawn, seed 0/);
  expect(text.stdout).toMatch(/^to-go +F +0 +1\.237 .* agrees +unbiased$/m);
  expect(text.stdout).toMatch(/^td-wrong │█+░+ 0\.\d+$/m);
  const measured = JSON.parse(json.stdout) as { estimator: { name: string }; agreement: string; variance: number }[];
  expect(measured.map(({ estimator, agreement }) => [estimator.name, agreement])).toEqual([
    ["to-go", "agrees"],
    ["td-wrong", "agrees"],
  ]);
  // A quarter more than the golden variance for 4 episodes, as of independent episodes.
  expect(measured[0].variance).toBeCloseTo((0.927628 * 4) / 3, 5);
});

it("--picture prints a picture that a terminal can show, and --page writes all of them", async () => {
  const place = join(emptyPlace(), "lab.html");
  const few = ["estimators", "two-step", "--estimators", "to-go,value"];
  const [picture, page] = await Promise.all([
    ascent([...few, "--picture", "lambda"]),
    ascent([...few, "--page", place]),
  ]);
  expect([picture.code, page.code]).toEqual([0, 0]);
  expect(picture.stdout).toMatch(/^Bias² \+ variance of GAE over λ: two-step$/m);
  expect(page.stdout).toMatch(/lab\.html: the table and all pictures\n$/);
  expect(readFileSync(place, "utf8").match(/<figure>/g)).toHaveLength(14);
});

it.each([
  ["estimators --picture lambada", /--picture: got "lambada".*Did you mean lambda\?/],
  ["estimators chian", /unknown world "chian"\. Did you mean chain\?\nAllowed: bandit, /],
  ["estimators --estimators to-goo", /unknown estimator "to-goo"\. Did you mean to-go\?/],
  ["estimators --episodes 1", /--episodes: got 1, allowed is a whole number from 2 to/],
  ["estimators --policy peeked", /--policy: got "peeked".*Did you mean peaked\?/],
  ["estimators loop --batches 0", /--batches: got 0, allowed is at least 2 where batches can't be enumerated/],
  [
    "estimators two-step --world.steps 3",
    /--world\.steps: got 3, allowed is nothing, since two-step has no such option/,
  ],
  [
    "estimators --page no/such/folder.html",
    /--page: got "no\/such\/folder\.html", allowed is a file in a folder that exists/,
  ],
  ["estimators --golden --json", /--json: got true, allowed is without --golden/],
  ["estimators --experiment dynamics --batches 9", /--batches: got 9, allowed is without --experiment/],
])("ascent %s is an error that says what is allowed", async (line, message) => {
  const { code, stdout, stderr } = await ascent(line.split(" "));
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr.replaceAll(/\n(?!Allowed)/g, " ")).toMatch(message);
});
