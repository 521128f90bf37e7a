import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeCode, encodeCode, MOST_CODE } from "./code-in-link.js";

describe("code in a link", () => {
  it("comes back as it was, and needs no escapes in an address", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "grapheme", maxLength: 300 }), async (code) => {
        const text = await encodeCode(code);
        expect(text).toMatch(/^[\w-]*$/);
        expect(await decodeCode(text)).toBe(code);
      }),
      { numRuns: 50 },
    );
  });

  it("is shorter than the code, if that is of the usual kind", async () => {
    const code = "export function step(action: number) { return { reward: action, terminated: false }; }\n".repeat(20);
    expect((await encodeCode(code)).length).toBeLessThan(code.length / 5);
  });

  it("is refused in a sentence if it was cut or is no code", async () => {
    const text = await encodeCode("const x = 1; // and some more of it\n".repeat(30));
    for (const damaged of [text.slice(0, -8), "%%%", "AAAA", "a"])
      await expect(decodeCode(damaged)).rejects.toThrow(/damaged/);
  });

  it("is refused before it fills the memory", async () => {
    const bomb = await encodeCode(" ".repeat(20_000_000));
    expect(bomb.length).toBeLessThan(40_000);
    await expect(decodeCode(bomb)).rejects.toThrow(`longer than ${MOST_CODE}`);
  });
});
