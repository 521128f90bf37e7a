import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ArrayFile, CorruptFileError, type NamedArray, readArrays, writeArrays } from "./safetensors.js";

const small: ArrayFile = {
  metadata: { format: "pt", note: 'a ü ☃ \u0000 "quoted"' },
  arrays: new Map<string, NamedArray>([
    ["weights", { shape: [2, 3], values: Float32Array.of(1, -2, 0.5, -0, 1e-45, 3.4e38) }],
    ["rewards", { shape: [2], values: Float64Array.of(1 / 3, -0) }],
    ["actions", { shape: [3], values: Int32Array.of(0, -1, 2147483647) }],
    ["nothing", { shape: [0, 4], values: new Float32Array(0) }],
    ["one", { shape: [], values: Float32Array.of(7) }],
  ]),
};

/** The offset of the digest, after the header's length and `{"__metadata__":{"sha256":"`. */
const DIGEST_PLACE = 35;

/** A file with any header and data and a valid digest, as someone who knows the format could make it. */
function forge(header: string | Uint8Array, data: Uint8Array = new Uint8Array(0), declared?: bigint): Uint8Array {
  const text = typeof header === "string" ? new TextEncoder().encode(header) : header;
  const bytes = new Uint8Array(8 + text.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, declared ?? BigInt(text.length), true);
  bytes.set(text, 8);
  bytes.set(data, 8 + text.length);
  const digest = createHash("sha256").update(bytes).digest("hex");
  if (text.length >= 91) bytes.set(new TextEncoder().encode(digest), DIGEST_PLACE);
  return bytes;
}

const START = `{"__metadata__":{"sha256":"${"0".repeat(64)}"`;
const entry = (dtype: string, shape: string, offsets: string): string =>
  `${START}},"a":{"dtype":${dtype},"shape":${shape},"data_offsets":${offsets}}}`;

describe("a file of arrays", () => {
  it("reads back as it was written, to the bit", () => {
    const read = readArrays(writeArrays(small));
    expect(read).toEqual(small);
    expect(Object.is(read.arrays.get("weights")?.values[3], -0)).toBe(true);
  });
  it("has the layout that every safetensors reader knows", () => {
    const bytes = writeArrays(small);
    const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
    const {
      dtype,
      shape,
      data_offsets: [begin, end],
    } = header.rewards;
    const data = bytes.slice(8 + length);
    expect([dtype, shape, begin, end]).toEqual(["F64", [2], 24, 40]);
    expect(new DataView(data.buffer).getFloat64(begin, true)).toBe(1 / 3);
    expect(header.__metadata__.note).toBe(small.metadata.note);
    expect(length % 8).toBe(0);
    expect(bytes).toHaveLength(8 + length + 24 + 16 + 12 + 0 + 4);
  });
  it("carries its own SHA-256, computed with zeros in the place of the digest", () => {
    const bytes = writeArrays(small);
    const written = new TextDecoder().decode(bytes.subarray(DIGEST_PLACE, DIGEST_PLACE + 64));
    bytes.fill(48, DIGEST_PLACE, DIGEST_PLACE + 64);
    expect(createHash("sha256").update(bytes).digest("hex")).toBe(written);
  });
  it("is read from part of a larger buffer and from a Node Buffer, without changing them", () => {
    const bytes = writeArrays(small);
    const larger = Buffer.concat([Buffer.from([1, 2, 3]), bytes, Buffer.from([4])]);
    const part = larger.subarray(3, 3 + bytes.length);
    expect(readArrays(part)).toEqual(small);
    expect(Buffer.compare(part, bytes)).toBe(0);
    const values = readArrays(part).arrays.get("weights")?.values as Float32Array;
    values[0] = 9;
    expect(Buffer.compare(part, bytes)).toBe(0);
  });
  it("reads back whatever it holds", () => {
    const array = fc.oneof(
      fc.float32Array({ maxLength: 20 }).map((values): NamedArray => ({ shape: [values.length], values })),
      fc.float64Array({ maxLength: 20 }).map((values): NamedArray => ({ shape: [values.length], values })),
      fc.int32Array({ maxLength: 20 }).map((values): NamedArray => ({ shape: [1, values.length], values })),
    );
    const name = fc.string({ unit: "grapheme" }).map((text) => `w.${text}`);
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(name, array), { selector: ([key]) => key }),
        fc.dictionary(name, fc.string()),
        (arrays, metadata) => {
          const file = { metadata: { ...metadata }, arrays: new Map(arrays) };
          expect(readArrays(writeArrays(file))).toEqual(file);
        },
      ),
      { seed: 1 },
    );
  });
});

describe("damage is detected before anything is used:", () => {
  const bytes = writeArrays(small);
  it("any single flipped bit", () => {
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const damaged = bytes.slice();
      damaged[bit >> 3] ^= 1 << (bit & 7);
      expect(() => readArrays(damaged)).toThrow(CorruptFileError);
    }
  });
  it("a file cut off at any length, and appended bytes", () => {
    for (let length = 0; length < bytes.length; length++) {
      expect(() => readArrays(bytes.subarray(0, length))).toThrow(CorruptFileError);
    }
    expect(() => readArrays(Uint8Array.from([...bytes, 0]))).toThrow(CorruptFileError);
  });
  it("overwritten, inserted or removed bytes", () => {
    const junk = fc.uint8Array({ minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(fc.nat(bytes.length), fc.nat(40), junk, (at, removed, added) => {
        const changed = Uint8Array.from([...bytes.subarray(0, at), ...added, ...bytes.subarray(at + removed)]);
        fc.pre(Buffer.compare(changed, bytes) !== 0);
        expect(() => readArrays(changed)).toThrow(CorruptFileError);
      }),
      { seed: 1, numRuns: 1000 },
    );
  });
  it("arbitrary bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (junk) => {
        expect(() => readArrays(junk)).toThrow(CorruptFileError);
      }),
      { seed: 1, numRuns: 300 },
    );
  });
  it("and the message says what is wrong", () => {
    const message = (given: Uint8Array): string => {
      try {
        readArrays(given);
      } catch (error) {
        return (error as Error).message;
      }
      return "read";
    };
    expect(message(new Uint8Array(3))).toBe(
      "this is not a usable checkpoint: it has 3 bytes, less than the smallest header",
    );
    expect(message(bytes.subarray(0, 100))).toMatch(/its header claims \d+ bytes, but only 92 follow: it was cut off/);
    expect(message(bytes.subarray(0, bytes.length - 1))).toMatch(
      /its checksum is [0-9a-f]{64}, but it records ".*": it was damaged or changed/,
    );
    expect(message(new TextEncoder().encode('{"this": "is JSON, not a checkpoint"}'))).toMatch(
      /its header claims 4189037499969184379 bytes/,
    );
  });
});

describe("a malicious header with a valid digest is refused:", () => {
  const hostile: [string, Uint8Array][] = [
    ["a length of 0", forge("", undefined, 0n)],
    ["a length of 2^63", forge(`${START}}}`, undefined, 1n << 63n)],
    ["a length of 2^64 - 1", forge(`${START}}}`, undefined, (1n << 64n) - 1n)],
    ["a length beyond the file", forge(`${START}}}`, undefined, 5000n)],
    ["a length beyond 100 MB", forge(`${START}}}`, undefined, 100_000_001n)],
    ["a length within the digest", forge(`${START}}}`, undefined, 40n)],
    ["a list instead of an object", forge(`[${START}}}]`)],
    ["a byte order mark", forge(`\ufeff${START}}}`)],
    ["a NUL at its end", forge(`${START}}}\0`)],
    ["invalid UTF-8", forge(Uint8Array.from([...new TextEncoder().encode(START), 0x22, 0xff, 0x7d, 0x7d]))],
    ["JSON that is cut off", forge(`${START}`)],
    ["metadata that is no text", forge(`${START},"n":1}}`)],
    ["metadata in metadata", forge(`${START},"n":{"a":"b"}}}`)],
    [
      "two arrays of one name",
      forge(
        `${START}},"a":{"dtype":"F32","shape":[0],"data_offsets":[0,0]},"a":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}}`,
      ),
    ],
    ["an array that is null", forge(`${START}},"a":null}`)],
    ["an unknown dtype", forge(entry('"F16"', "[2]", "[0,4]"), new Uint8Array(4))],
    ["a dtype out of a prototype", forge(entry('"constructor"', "[1]", "[0,4]"), new Uint8Array(4))],
    ["a dtype that is no text", forge(entry("4", "[1]", "[0,4]"), new Uint8Array(4))],
    ["no shape", forge(entry('"F32"', "null", "[0,4]"), new Uint8Array(4))],
    ["a negative length", forge(entry('"F32"', "[-1]", "[0,4]"), new Uint8Array(4))],
    ["a length of -0", forge(entry('"F32"', "[-0]", "[0,0]"))],
    ["a fraction for a length", forge(entry('"F32"', "[0.5]", "[0,2]"), new Uint8Array(2))],
    ["a length of 1e999", forge(entry('"F32"', "[1e999]", "[0,4]"), new Uint8Array(4))],
    ["a length beyond 2^53", forge(entry('"F32"', "[9007199254740993]", "[0,4]"), new Uint8Array(4))],
    [
      "lengths whose product overflows",
      forge(entry('"F32"', "[9007199254740991,9007199254740991,0]", "[0,4]"), new Uint8Array(4)),
    ],
    [
      "lengths whose product is no number",
      forge(entry('"F32"', `[${"9007199254740991,".repeat(30)}0]`, "[0,4]"), new Uint8Array(4)),
    ],
    ["offsets that run backwards", forge(entry('"F32"', "[1]", "[4,0]"), new Uint8Array(4))],
    ["offsets past the end", forge(entry('"F32"', "[2]", "[0,8]"), new Uint8Array(4))],
    ["offsets that leave a hole", forge(entry('"F32"', "[1]", "[4,8]"), new Uint8Array(8))],
    ["offsets that leave bytes over", forge(entry('"F32"', "[1]", "[0,4]"), new Uint8Array(8))],
    ["three offsets", forge(entry('"F32"', "[1]", "[0,4,4]"), new Uint8Array(4))],
    ["offsets for another size", forge(entry('"F64"', "[1]", "[0,4]"), new Uint8Array(4))],
    [
      "arrays that overlap",
      forge(
        `${START}},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}`,
        new Uint8Array(4),
      ),
    ],
    [
      "arrays in another order than their bytes",
      forge(
        `${START}},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}`,
        new Uint8Array(8),
      ),
    ],
    ["a hundred thousand lists in lists", forge(`${START}},"a":${"[".repeat(100_000)}${"]".repeat(100_000)}}`)],
    [
      "a million axes that are wrong",
      forge(entry('"F32"', `[${"2,".repeat(1_000_000)}2]`, "[0,4]"), new Uint8Array(4)),
    ],
    ["a name of a megabyte for an array that is wrong", forge(`${START}},"${"n".repeat(1_000_000)}":[]}`)],
  ];
  it("(an honest header made in the same way is read)", () => {
    const values = readArrays(forge(entry('"F32"', "[2]", "[0,8]"), new Uint8Array(8))).arrays.get("a")?.values;
    expect(values).toEqual(Float32Array.of(0, 0));
  });
  it.each(hostile)("%s", (_, bytes) => {
    const start = performance.now();
    expect(() => readArrays(bytes)).toThrow(CorruptFileError);
    expect(performance.now() - start).toBeLessThan(10_000);
  });
  it("and any other header is refused too, or read as arrays that fit", () => {
    const whole = entry('"F32"', "[1,2]", "[0,8]");
    const edit = fc.tuple(
      fc.integer({ min: 90, max: whole.length }),
      fc.nat(3),
      fc.string({ maxLength: 6, unit: "binary-ascii" }),
    );
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 3 }), (edits) => {
        const header = edits.reduce(
          (text, [at, removed, added]) => text.slice(0, at) + added + text.slice(at + removed),
          whole,
        );
        try {
          for (const { shape, values } of readArrays(forge(header, new Uint8Array(8))).arrays.values()) {
            expect(values).toHaveLength(shape.reduce((product, length) => product * length, 1));
          }
        } catch (error) {
          expect(error).toBeInstanceOf(CorruptFileError);
        }
      }),
      { seed: 1, numRuns: 3000 },
    );
  });
  it("while names such as __proto__ and constructor are ordinary names", () => {
    const file: ArrayFile = {
      metadata: {},
      arrays: new Map([
        ["__proto__", { shape: [1], values: Float32Array.of(1) }],
        ["constructor", { shape: [1], values: Float32Array.of(2) }],
      ]),
    };
    expect(readArrays(writeArrays(file))).toEqual(file);
    expect(({} as Record<string, unknown>).shape).toBeUndefined();
  });
});
