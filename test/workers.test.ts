/** Threads run the built program: `npm run build` comes first. */

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { root } from "./source-tree.js";

it.each(["Acrobot-v1", "LunarLander-v3"])("%s leaves the same checkpoint with 1, 2 or 4 workers", (env) => {
  const place = mkdtempSync(join(tmpdir(), "ascent-workers-"));
  const checkpoints = [1, 2, 4].map((workers) => {
    const out = join(place, String(workers));
    const args = ["train", "ppo", env, "--steps", "2048", "--workers", String(workers), "--quiet", "--out", out];
    expect(spawnSync(process.execPath, [join(root, "dist/cli/main.js"), ...args], { timeout: 60_000 }).status).toBe(0);
    return readFileSync(join(out, "checkpoint.safetensors")).toString("base64");
  });
  expect(new Set(checkpoints).size).toBe(1);
});
