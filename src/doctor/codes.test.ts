import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { probes } from "./algorithm/probes.js";

const here = new URL("./", import.meta.url);
const files = readdirSync(here, { recursive: true, encoding: "utf8" }).filter((name) => /(?<!\.test)\.ts$/.test(name));
const sources = files.map((name) => readFileSync(new URL(name.replaceAll("\\", "/"), here), "utf8")).join("\n");
const page = readFileSync(new URL("../../docs/doctor.md", import.meta.url), "utf8");

it("every finding has a section on the page, and every section is of a finding", () => {
  const codes = [...sources.matchAll(/code: ([^,]*)/g)].flatMap(([, text]) =>
    [...text.matchAll(/"([a-z-]+)"/g)].map(([, code]) => code),
  );
  const sections = [...page.matchAll(/^### `([a-z-]+)`$/gm)].map(([, code]) => code);
  expect(codes.length).toBeGreaterThan(40);
  expect(sections.toSorted()).toEqual([...new Set(codes)].sort());
});

it("every probe has a section on the page, in the order of the table", () => {
  const sections = [...page.matchAll(/^### The probe `(.*)`$/gm)].map(([, name]) => name);
  expect(sections).toEqual(probes.map(({ name }) => name));
});

it("every section of a finding has its picture, but for those that show nothing in a curve", () => {
  const sections = page.split(/^### /m).filter((text) => /^`[a-z-]+`\n/.test(text));
  const bare = sections.filter((text) => !/^!\[[^\]]+\]\(pictures\/doctor-[a-z-]+\.svg\)$/m.test(text));
  expect(bare.map((text) => /^`(.*)`/.exec(text)?.[1])).toEqual([
    "number-for-tensor",
    "log-probs-stale",
    "deviation-of-one",
    "advantages-not-finite",
    "entropy-not-finite",
    "loss-not-finite",
    "inspected-late",
  ]);
});
