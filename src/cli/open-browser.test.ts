import { expect, it } from "vitest";
import { browserCommand } from "./open-browser.js";

it("opens a browser where there is a screen", () => {
  expect(browserCommand("linux", { DISPLAY: ":0" })).toEqual(["xdg-open"]);
  expect(browserCommand("linux", { WAYLAND_DISPLAY: "wayland-0" })).toEqual(["xdg-open"]);
  expect(browserCommand("darwin", {})).toEqual(["open"]);
  expect(browserCommand("win32", {})).toEqual(["cmd", "/c", "start", ""]);
});

it("opens none without a screen, and none on another machine", () => {
  expect(browserCommand("linux", {})).toBeUndefined();
  for (const platform of ["linux", "darwin"])
    expect(browserCommand(platform, { DISPLAY: ":0", SSH_CONNECTION: "10.0.0.1 1 10.0.0.2 22" })).toBeUndefined();
});
