/** The lab in another browser: a run has the same bits there, and so has a world of one's own, whose code runs in a frame. */

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readLink } from "../../src/links/index.js";
import { trainNamed } from "../../src/training/train.js";
import { Firefox, hasFirefox } from "./firefox.js";
import { staticHost } from "./lab-page.js";

const SHORT = "algorithm=reinforce&env=CartPole-v1&seed=3&episodes=40";

describe.skipIf(!hasFirefox)("the lab in Firefox", () => {
  let host: Awaited<ReturnType<typeof staticHost>>;
  let firefox: Firefox;

  beforeAll(async () => {
    host = await staticHost();
    firefox = await Firefox.start();
  });
  afterAll(async () => {
    await firefox.close();
    await host.close();
  });

  it("trains a run of a link to the bits of Node", async () => {
    await firefox.goTo(`${host.address}#${SHORT}`);
    await firefox.until(
      '/solved|improving|stalled|unfinished|collapsed/.test(document.querySelector(".run .state")?.textContent)',
    );
    const run = trainNamed(readLink(SHORT).config);
    for (const _ of run);
    expect(await firefox.until('document.querySelector("[data-hash]")?.textContent')).toBe(run.result().weightsSha256);
  });

  it("trains in a world of one's own", async () => {
    // A page of its own: with another fragment alone, the first would stay.
    await firefox.goTo(`${host.address}?own#view=own`);
    const train = '[...document.querySelectorAll(".own-env button")].find((button) => button.textContent === "Train")';
    await firefox.until(`${train}?.disabled === false && (${train}.click(), true)`);
    await firefox.until('/after [1-9]\\d* episodes|Solved/.test(document.querySelector(".sentence").textContent)');
    expect(await firefox.until('document.querySelector(".own-env [data-hash]")?.textContent')).toMatch(
      /^[0-9a-f]{64}$/,
    );
  });
});
