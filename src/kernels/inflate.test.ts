import { deflateRawSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inflate } from "./inflate.js";

const text = new TextEncoder().encode("to act, or not to act: ".repeat(400));

describe("inflate", () => {
  it.each([0, 1, 6, 9] as const)("gives back what zlib compressed at level %i", (level) => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 40 })), fc.nat(60), (parts, times) => {
        const data = Uint8Array.from(parts.flatMap((part) => Array.from({ length: times }, () => [...part]).flat()));
        expect(inflate(deflateRawSync(data, { level }), data.length)).toEqual(data);
      }),
      { numRuns: 20 },
    );
  });

  it("reads blocks with the fixed code", () => {
    const data = new TextEncoder().encode("abcabcabcabc, abc");
    // Z_FIXED
    expect(inflate(deflateRawSync(data, { strategy: 4 }), data.length)).toEqual(data);
  });

  it("reads several blocks of 30,000 bytes", () => {
    const data = Uint8Array.from({ length: 30_000 }, (_, i) => (i * i * 31 + (i >>> 7)) & 255);
    expect(inflate(deflateRawSync(data, { level: 9, memLevel: 1 }), data.length)).toEqual(data);
  });

  it.each([
    ["another size", deflateRawSync(text), text.length + 1, "hold 9200 bytes, not 9201"],
    ["a smaller size", deflateRawSync(text), 100, "more than 100 bytes|hold 9200"],
    ["data that end early", deflateRawSync(text).subarray(0, 20), text.length, "end too early|unknown code"],
    ["an unknown kind of block", Uint8Array.of(7), 1, "unknown block"],
    ["nothing", new Uint8Array(0), 1, "end too early"],
  ])("refuses %s", (_, data, size, message) => {
    expect(() => inflate(data, size)).toThrow(new RegExp(message));
  });
});
