/** Games on the command line: training against a fixed player, evaluating against another, and playing oneself. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { emptyPlace, warmProgram } from "./ascent-program.js";
import { root } from "./root.js";

const ascent = warmProgram();

/** Runs `ascent play` with these lines typed. */
async function played(args: readonly string[], typed: readonly string[], cwd: string): Promise<string> {
  const child = spawn(process.execPath, [join(root, "dist/cli/main.js"), "play", ...args], { cwd });
  let stdout = "";
  child.stdout.on("data", (text) => {
    stdout += text;
  });
  child.stdin.end(typed.map((line) => `${line}\n`).join(""));
  const [code] = await once(child, "close");
  expect(code).toBe(0);
  return stdout;
}

describe("a game on the command line", () => {
  const place = emptyPlace();
  const small = ["--steps", "512", "--envs", "4", "--rollout-steps", "32", "--minibatch-size", "64"];

  it("is trained against a fixed player, which is said before it starts", async () => {
    const run = ["train", "ppo", "TicTacToe-v0", "--opponents", "random", ...small, "--out", "fixed"];
    const { code, stdout, stderr } = await ascent(run, place);
    expect(code).toBe(0);
    expect(stdout + stderr).toContain("The opponent is the player random and never changes");
  });

  it("is trained against itself without a warning, and its verdict says how exploitable it is", async () => {
    const { code, stdout, stderr } = await ascent(["train", "ppo", "Kuhn-v0", ...small, "--out", "self"], place);
    expect(code).toBe(0);
    expect(stdout + stderr).toMatch(/Played \d+ games in self-play: its exploitability is 0\.\d+/);
    expect(stdout + stderr).not.toContain("never changes");
  });

  it("refuses an unknown opponent, with the nearest name", async () => {
    const { code, stderr } = await ascent(["train", "ppo", "TicTacToe-v0", "--opponents", "one-pli"], place);
    expect(code).toBe(2);
    expect(stderr).toContain("Did you mean one-ply?");
  });

  it("is evaluated against another player", async () => {
    const { code, stdout } = await ascent(["evaluate", "fixed", "--opponents", "one-ply", "--episodes", "20"], place);
    expect(code).toBe(0);
    expect(stdout).toMatch(/20 episodes/);
  });

  it("is played against the policy, until one leaves", async () => {
    const shown = await played(["self"], ["fold", "pass", "bet", "pass", "q"], place);
    expect(shown).toContain('"fold" is no move here');
    expect(shown).toContain("Your move (pass, bet):");
    expect(shown).toMatch(/You (win|lose)/);
  });

  it("is played without a run, against a player that comes with it", async () => {
    const shown = await played(
      ["TicTacToe-v0", "--opponent", "one-ply", "--seat", "first", "--games", "1"],
      "123456789".split(""),
      place,
    );
    expect(shown).toMatch(/You win\.|You lose\.|A draw\./);
    expect(shown).toContain("It plays");
  });

  it("can't be played where nobody takes turns", async () => {
    const { code, stderr } = await ascent(["play", "CartPole-v1"], place);
    expect(code).toBe(2);
    expect(stderr).toContain("CartPole-v1 is no game for two");
  });
});
