import { expect, it, vi } from "vitest";

it("the example of an own environment passes checkEnv and can be made by name", async () => {
  const log = vi.spyOn(console, "log").mockImplementation(() => {});
  await import("../examples/own-environment.js");
  expect(log.mock.calls).toEqual([["checkEnv finds nothing wrong"]]);
  log.mockRestore();
});
