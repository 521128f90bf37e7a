import { appendFileSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Update } from "../training/types.js";
import { decodeUpdate, encodeUpdate, MetricsLog, readMetrics } from "./metrics.js";

const path = (): string => join(mkdtempSync(join(tmpdir(), "ascent-")), "metrics.jsonl");

function update(n: number, loss = 0.5): Update {
  const diagnostics = { loss, entropy: 0.25, gradientNorm: 1, learningRate: 0.001 };
  return { update: n, episodes: 2 * n, steps: 20 * n, returns: [n, 9], lengths: [n, 9], averageReturn: 9, diagnostics };
}

function logOf(updates: readonly Update[]): string {
  const place = path();
  const log = MetricsLog.open(place, 0);
  for (const one of updates) log.append(one);
  log.sync();
  log.close();
  return place;
}

test("an update is one line of JSON", () => {
  expect(encodeUpdate(update(3))).toBe(
    '{"update":3,"episodes":6,"steps":60,"returns":[3,9],"lengths":[3,9],"averageReturn":9,' +
      '"diagnostics":{"loss":0.5,"entropy":0.25,"gradientNorm":1,"learningRate":0.001}}',
  );
});

test.each([NaN, Infinity, -Infinity, -0])("%s survives, which JSON alone would lose", (loss) => {
  const line = encodeUpdate(update(1, loss));
  expect(line).toContain(`"loss":"${Object.is(loss, -0) ? "-0" : loss}"`);
  expect(decodeUpdate(line, "here").diagnostics.loss).toBe(loss);
});

test("what was appended is read back in order", () => {
  const updates = [update(1), update(2), update(3)];
  expect(readMetrics(logOf(updates))).toEqual(updates);
});

test("opening at an earlier update cuts off what came after it, so that it can be written again", () => {
  const place = logOf([update(1), update(2), update(3)]);
  const log = MetricsLog.open(place, 2);
  log.append(update(3, 0.125));
  log.sync();
  log.close();
  expect(readMetrics(place)).toEqual([update(1), update(2), update(3, 0.125)]);
});

test("an update without an episode is kept", () => {
  const empty = { ...update(2), episodes: 2, returns: [], lengths: [] };
  const before = { ...update(1), episodes: 0, returns: [], lengths: [], averageReturn: Number.NaN };
  const place = logOf([before, { ...before, update: 2 }, { ...empty, update: 3 }]);
  MetricsLog.open(place, 2).close();
  expect(readMetrics(place)).toEqual([before, { ...before, update: 2 }]);
});

test("a line that was cut by a kill is ignored and removed", () => {
  const place = logOf([update(1)]);
  const whole = readFileSync(place, "utf8");
  appendFileSync(place, '{"update":2,"epi');
  expect(readMetrics(place)).toEqual([update(1)]);
  MetricsLog.open(place, 1).close();
  expect(readFileSync(place, "utf8")).toBe(whole);
});

test("a log that ends before the checkpoint is an error that says where it ends", () => {
  const place = logOf([update(1), update(2)]);
  expect(() => MetricsLog.open(place, 3)).toThrow(
    `${place}: ends at update 2, but the checkpoint beside it is at 3: lines are missing`,
  );
});

test("a damaged line is an error that names it", () => {
  const place = path();
  writeFileSync(place, `${encodeUpdate(update(1))}\nnonsense\n`);
  expect(() => readMetrics(place)).toThrow(`${place}, line 2: is not the record of an update`);
});
