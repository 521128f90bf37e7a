import { expect, it } from "vitest";
import { complaints } from "./compiler.js";

it("TypeScript accepts sources, tests, examples and type tests", async () => {
  expect(await complaints("tsconfig.json")).toBe("");
});
