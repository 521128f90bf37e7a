import { expect, test } from "vitest";
import { patiently } from "./patience.js";

const away = (): Promise<never> => Promise.reject(new Error("nobody is there"));

test("work is done again until it succeeds, and what is waited for is told", async () => {
  const said: string[] = [];
  let tries = 0;
  const work = async (): Promise<string> => (++tries < 2 ? away() : "done");
  expect(await patiently({ seconds: 5, say: (message) => said.push(message) }, work)).toBe("done");
  expect(said).toEqual(["nobody is there; waiting up to 5 s for it"]);
});

test("patience that is over is an outage, with its reason", async () => {
  const failed = patiently({ seconds: 0.1, say: () => undefined }, away);
  await expect(failed).rejects.toThrow(/^nobody is there; waited 0.1 s for it \(--patience\)$/);
});

test.each([
  ["work that never answers", () => new Promise<never>(() => undefined)],
  ["work that fails again and again", away],
])("patience that is ended waits no more for %s", async (_, work) => {
  const end = new AbortController();
  const waiting = patiently({ seconds: 600, say: () => undefined, end: end.signal }, work);
  setTimeout(() => end.abort(), 20);
  await expect(waiting).rejects.toThrow("aborted");
});
