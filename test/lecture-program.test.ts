/** `ascent lecture`, in the built program. Run `npm run build` first. */

import { expect, it } from "vitest";
import { ascent } from "./ascent-program.js";

it("lists the chapters, and how many claims each has", async () => {
  const { code, stdout } = await ascent(["lecture"]);
  expect(code).toBe(0);
  const lines = stdout.split("\n");
  expect(lines).toHaveLength(17);
  expect(lines[8]).toBe("      8  A critic                         1 claim");
});

it("shows a chapter and runs its programs; answers come when asked for", async () => {
  const { code, stdout } = await ascent(["lecture", "8"]);
  expect(code).toBe(0);
  expect(stdout).toContain("    Aₜ = rₜ + γV(sₜ₊₁) - V(sₜ)\n");
  expect(stdout).toContain('│ const setting = settingOf(worldNamed("chain"));\n');
  expect(stdout).toContain("  state 0: bias -0.064870, by the formula -0.064870\n");
  expect(stdout).toContain("? Why not λ = 1 always");
  expect(stdout).not.toContain("It has the noise of all rewards");
  expect((await ascent(["lecture", "8", "--answers"])).stdout).toContain("It has the noise of all rewards");
});

it("measures the claims of a chapter, as text and as JSON", async () => {
  const [text, json] = [await ascent(["lecture", "9", "--check"]), await ascent(["lecture", "9", "--check", "--json"])];
  expect([text.code, json.code]).toEqual([0, 0]);
  expect(text.stdout).toMatch(/^ 30 {2}holds if {8}PPO: loss = min/m);
  expect(text.stdout).toContain("\n2 of 2 claims are measured as their verdicts say.\n");
  const measured = JSON.parse(json.stdout) as { number: number; passes: boolean }[];
  expect(measured.map(({ number, passes }) => [number, passes])).toEqual([
    [30, true],
    [31, true],
  ]);
});

it("knows its chapters", async () => {
  const { code, stdout, stderr } = await ascent(["lecture", "14"]);
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toContain('unknown chapter "14"');
});
