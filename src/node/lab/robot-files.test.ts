import { tmpdir } from "node:os";
import { expect, it } from "vitest";
import { robotFiles } from "./robot-files.js";

it("MuJoCo is served where it is installed, and nothing is where it is not", () => {
  const files = robotFiles();
  expect([...files].map(([address, { type }]) => [address, type])).toEqual([
    ["/mujoco/mujoco.js", "text/javascript; charset=utf-8"],
    ["/mujoco/mujoco.wasm", "application/wasm"],
  ]);
  expect(robotFiles(tmpdir()).size).toBe(0);
});
