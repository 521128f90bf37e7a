/**
 * The lab for everybody: by keyboard alone everything that can be clicked can be reached and seen, nothing holds the focus, and
 * Back leads back; in both themes and on a telephone axe finds no fault.
 */

import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { faultsOf, fitsWidth, hasBrowser, launching, staticHost, troublesOf } from "./lab-page.js";

const patient = { timeout: 60_000 };
const SHORT = "algorithm=reinforce&env=CartPole-v1&seed=3&episodes=40";
const ROOMS = ["train", "compare", "tables", "own", "estimators", "language", "lecture", "exercise"];

/** Runs in the page: where the focus is, through shadow trees. */
function focused(): { readonly name: string; readonly seen: boolean; readonly marked: boolean } | undefined {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  if (element === null || element === document.body) return undefined;
  (element as { visited?: true }).visited = true;
  const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
  const { width, height } = element.getBoundingClientRect();
  const editor = element.closest(".cm-editor");
  return {
    name: `${element.localName} ${element.getAttribute("aria-label") ?? element.textContent ?? ""}`.slice(0, 60),
    seen: width > 0 && height > 0,
    marked:
      (outlineStyle !== "none" && outlineWidth !== "0px") ||
      boxShadow !== "none" ||
      (editor !== null && getComputedStyle(editor).outlineStyle !== "none"),
  };
}

/** Runs in the page: the controls to be seen that never had the focus. */
function forgotten(): string[] {
  const within = (root: Document | ShadowRoot): Element[] =>
    [...root.querySelectorAll("*")].flatMap((element) => [
      element,
      ...(element.shadowRoot === null ? [] : within(element.shadowRoot)),
    ]);
  const control =
    "button:not(:disabled), a[href], input:not(:disabled), select:not(:disabled), textarea, summary, [tabindex='0'], [contenteditable=true]";
  return within(document)
    .filter((element) => element.matches(control) && element.checkVisibility() && !("visited" in element))
    .map((element) => element.outerHTML.slice(0, 120));
}

describe.skipIf(!hasBrowser)("the lab by keyboard", () => {
  let browser: Browser;
  let host: Awaited<ReturnType<typeof staticHost>>;

  beforeAll(async () => {
    host = await staticHost();
    browser = await chromium.launch(launching);
  });
  afterAll(async () => {
    await browser.close();
    await host.close();
  });

  async function visit(fragment: string): Promise<{ page: Page; troubles: string[] }> {
    const page = await browser.newPage({ reducedMotion: "reduce" });
    const troubles = troublesOf(page);
    await page.goto(`${host.address}#${fragment}`);
    return { page, troubles };
  }

  /** Waits for the room with all that it loads. */
  async function ready(page: Page): Promise<void> {
    await page.locator("main :is(button, select, textarea, a)").first().waitFor(patient);
    await page.waitForLoadState("networkidle");
    await page.waitForTimeout(500);
  }

  /** Presses Tab until something with that name has the focus. */
  async function tabTo(page: Page, name: RegExp): Promise<void> {
    for (let presses = 0; presses < 150; presses++) {
      await page.keyboard.press("Tab");
      if (name.test((await page.evaluate(focused))?.name ?? "")) return;
    }
    throw new Error(`Tab does not lead to ${name}.`);
  }

  it.each(ROOMS)("in %s, Tab leads through all controls, each of them marked, and out again", async (room) => {
    const { page } = await visit(`view=${room}&${SHORT}`);
    await ready(page);
    const wrong: string[] = [];
    let left = false;
    for (let presses = 0; presses < 400 && !left; presses++) {
      await page.keyboard.press("Tab");
      let at = await page.evaluate(focused);
      if (at?.marked === false) {
        // An editor notices a moment later.
        await page.waitForTimeout(100);
        at = await page.evaluate(focused);
      }
      left = at === undefined;
      if (at !== undefined && !(at.seen && at.marked)) wrong.push(at.name);
    }
    expect(wrong).toEqual([]);
    expect(left).toBe(true);
    expect(await page.evaluate(forgotten)).toEqual([]);
    await page.close();
  });

  it.each(ROOMS)("in %s, axe finds no fault, in both themes, and nothing is cut on a telephone", async (room) => {
    const { page } = await visit(`view=${room}&${SHORT}`);
    await ready(page);
    for (const colorScheme of ["light", "dark"] as const)
      for (const width of [1280, 390]) {
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        await page.setViewportSize({ width, height: 900 });
        expect(await fitsWidth(page)).toBe(true);
        expect(await faultsOf(page)).toEqual([]);
      }
    await page.close();
  });

  it("a run is begun, changed and paused without a mouse", async () => {
    const { page, troubles } = await visit(SHORT);
    await page.locator(".run .state", { hasText: /solved|improving|stalled|unfinished|collapsed/ }).waitFor(patient);
    await tabTo(page, /× 30/);
    await page.keyboard.press("Enter");
    await page.locator(".run .name", { hasText: "learning rate 0.09" }).waitFor(patient);
    await tabTo(page, /^button Lecture/);
    await page.keyboard.press("Enter");
    await page.locator("main h2, main h1").first().waitFor(patient);
    expect(new URL(page.url()).hash).toContain("view=lecture");
    expect(troubles).toEqual([]);
    await page.close();
  });

  it("Back and Forward lead through the rooms, and begin nothing", async () => {
    const { page } = await visit(SHORT);
    await page.locator(".run").waitFor(patient);
    await page.waitForURL(/config=/, patient);
    for (const room of ["Tables", "Estimators"]) {
      await page.getByRole("button", { name: room, exact: true }).click();
      await page.waitForURL(new RegExp(`view=${room.toLowerCase()}`), patient);
    }
    await page.goBack();
    await page.locator("nav [aria-current]", { hasText: "Tables" }).waitFor(patient);
    await page.goBack();
    await page.locator("nav [aria-current]", { hasText: "Train" }).waitFor(patient);
    expect(await page.locator(".run").count()).toBe(1);
    await page.goForward();
    await page.locator("nav [aria-current]", { hasText: "Tables" }).waitFor(patient);
    expect(new URL(page.url()).hash).toMatch(/^#view=tables&algorithm=reinforce/);
    await page.close();
  });
});
