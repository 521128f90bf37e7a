import { expect, it } from "vitest";
import { importPeer } from "./peers.js";

const missing = "@ascent-tests/not-there";

it("a package that is missing is an error with the command that installs it, in its version where that matters", async () => {
  const load = (): Promise<unknown> => import(/* @vite-ignore */ missing);
  await expect(importPeer(missing, "robots", load)).rejects.toThrow(
    /^robots: got .*: npm install @ascent-tests\/not-there$/,
  );
  await expect(importPeer(missing, "robots", load, "3.14.0")).rejects.toThrow(
    /npm install @ascent-tests\/not-there@3\.14\.0$/,
  );
});

it("another error of the package stays what it is", async () => {
  const broken = (): Promise<unknown> => Promise.reject(new TypeError("it is broken"));
  await expect(importPeer(missing, "robots", broken)).rejects.toThrow(TypeError);
});
