import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { toModule } from "../src/export/index.js";
import { box, discrete } from "../src/spaces/index.js";
import { train } from "../src/training/train.js";
import {
  cartPole,
  engineOutputs,
  expectSameBits,
  numbersOf,
  policyActions,
  someObservations,
  somePolicy,
} from "./exported-policies.js";
import { root } from "./root.js";

const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const hasBrowser = existsSync(executablePath);
if (!hasBrowser) console.log(`skipped: no Chromium at ${executablePath}; CHROMIUM may name another place`);

const [, example] = /```html\n([\s\S]*?)```/.exec(
  readFileSync(join(root, "docs/export.md"), "utf8"),
) as RegExpExecArray;

describe.skipIf(!hasBrowser)("in a page, an exported policy", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
  });
  afterAll(() => browser.close());

  /** A site of two files, without network access. */
  async function open(html: string, policy: string): Promise<{ page: Page; errors: string[] }> {
    const page = await browser.newPage();
    const errors: string[] = [];
    page.on("pageerror", ({ message }) => errors.push(message));
    await page.route("http://policy.test/**", (route) =>
      route.request().url().endsWith(".mjs")
        ? route.fulfill({ contentType: "text/javascript; charset=utf-8", body: policy })
        : route.fulfill({ contentType: "text/html; charset=utf-8", body: html }),
    );
    await page.goto("http://policy.test/");
    return { page, errors };
  }

  it("balances the pole of the documentation's example", async () => {
    const run = train({ env: "CartPole-v1", seed: 0, stopWhenSolved: true });
    for (const _ of run);
    const { page, errors } = await open(example, toModule(run.policy));
    const angles: number[] = [];
    for (let look = 0; look < 5; look++) {
      await page.waitForTimeout(200);
      angles.push(Number.parseFloat(await page.title()));
    }
    expect(errors).toEqual([]);
    expect(new Set(angles).size).toBeGreaterThan(1);
    expect(Math.max(...angles.map(Math.abs))).toBeLessThan(12);
  });

  it("has the engine's bits, on 10,000 observations", async () => {
    const policy = somePolicy(cartPole, discrete(3), { activation: "tanh" });
    const observations = someObservations(cartPole, 10_000) as Float32Array[];
    const html = `<script type="module">import * as policy from "./policy.mjs"; globalThis.policy = policy;</script>`;
    const { page, errors } = await open(html, toModule(policy));
    const outputs = await page.evaluate(
      (rows) => {
        const { logits } = (globalThis as unknown as { policy: { logits(row: number[]): Float32Array } }).policy;
        return rows.flatMap((row) => [...logits(row)]);
      },
      observations.map((observation) => [...observation]),
    );
    expect(errors).toEqual([]);
    expectSameBits(Float32Array.from(outputs), engineOutputs(policy, observations));
  });

  it("with memory, over a Box from 0 to 50, has the trainer's actions in an episode of 2,000 steps", async () => {
    const stock = box({ low: 0, high: 50, shape: [2] });
    const options = { activation: "gelu", memory: 8, normaliseObservations: true } as const;
    const policy = somePolicy(cartPole, stock, options);
    const observations = someObservations(cartPole, 2_000) as Float32Array[];
    const html = `<script type="module">import * as policy from "./policy.mjs"; globalThis.policy = policy;</script>`;
    const { page, errors } = await open(html, toModule(policy));
    const actions = await page.evaluate(
      (rows) => {
        interface Remembering {
          initialMemory(): Float32Array;
          act(row: number[], memory: Float32Array): Float32Array;
        }
        const { initialMemory, act } = (globalThis as unknown as { policy: Remembering }).policy;
        const memory = initialMemory();
        return rows.flatMap((row) => [...act(row, memory)]);
      },
      observations.map((observation) => [...observation]),
    );
    expect(errors).toEqual([]);
    expectSameBits(Float32Array.from(actions), numbersOf(policyActions(policy, observations)));
    expect(new Set(actions).size).toBeGreaterThan(1_000);
  });
});
