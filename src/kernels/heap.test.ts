import fc from "fast-check";
import { afterEach, describe, expect, test, vi } from "vitest";
import { address, allocate, type Block, evacuate, heapUsed, release } from "./heap.js";
import { ensure, u8 } from "./memory.js";

/** Fills a block with bytes that identify it. */
function fill(block: Block, mark: number): void {
  const place = address(block);
  for (let i = 0; i < block.bytes; i++) u8[place + i] = mark * 31 + i * 7;
}

function expectIntact(block: Block, mark: number): void {
  const place = address(block);
  for (let i = 0; i < block.bytes; i++) {
    if (u8[place + i] !== ((mark * 31 + i * 7) & 255)) expect.fail(`byte ${i} of block ${mark} was overwritten`);
  }
}

const size = fc.oneof(
  fc.integer({ min: 0, max: 200 }),
  fc.integer({ min: 0, max: 20_000 }),
  fc.constantFrom(0, 1, 63, 64, 65, 1023, 1024, 1025, 1279, 1280, 1281, 2048, 65_536, 300_000),
);
const command = fc.oneof(
  { weight: 5, arbitrary: size.map((bytes) => ({ kind: "allocate" as const, bytes })) },
  { weight: 3, arbitrary: fc.nat().map((which) => ({ kind: "release" as const, which })) },
  { weight: 3, arbitrary: fc.nat().map((which) => ({ kind: "read" as const, which })) },
  { weight: 1, arbitrary: fc.constant({ kind: "evacuate" as const }) },
);

test("no sequence of allocations, releases and evacuations loses or mixes contents", () => {
  fc.assert(
    fc.property(fc.array(command, { maxLength: 120 }), (commands) => {
      evacuate();
      const live = new Map<number, Block>();
      let mark = 0;
      for (const one of commands) {
        const chosen = "which" in one && live.size > 0 ? [...live.keys()][one.which % live.size] : undefined;
        if (one.kind === "allocate") {
          const block = allocate(one.bytes);
          expect(address(block) % 64).toBe(0);
          fill(block, mark);
          live.set(mark++, block);
        } else if (one.kind === "evacuate") evacuate();
        else if (chosen !== undefined) {
          expectIntact(live.get(chosen) as Block, chosen);
          if (one.kind === "release") {
            release(live.get(chosen) as Block);
            live.delete(chosen);
          }
        }
      }
      for (const [which, block] of live) expectIntact(block, which);
      for (const block of live.values()) release(block);
      expect(heapUsed()).toBe(0);
    }),
    { numRuns: 300 },
  );
});

test("every size gets enough room, and at most a quarter or one line of 64 bytes more", () => {
  const sizes = Array.from({ length: 3000 }, (_, i) => i).concat(Array.from({ length: 300 }, (_, i) => 3000 + i * i));
  for (const bytes of sizes) {
    const before = heapUsed();
    const block = allocate(bytes);
    const room = heapUsed() - before;
    expect(room).toBeGreaterThanOrEqual(Math.max(1, bytes));
    expect(room).toBeLessThanOrEqual(Math.max(bytes + 64, 1.25 * (bytes + 64)));
    release(block);
  }
});

describe("a block", () => {
  test("cannot be used after its release, and a second release changes nothing", () => {
    evacuate();
    const block = allocate(100);
    const other = allocate(100);
    fill(other, 1);
    release(block);
    release(block);
    expect(() => address(block)).toThrow("memory was used after its release");
    expectIntact(other, 1);
    expect(heapUsed()).toBe(128);
    release(other);
  });

  test("cannot be used either if it was released while evacuated", () => {
    const block = allocate(100);
    evacuate();
    release(block);
    expect(() => address(block)).toThrow("memory was used after its release");
  });
});

test("memory follows the largest working set, not the number of allocations", () => {
  evacuate();
  const kept = Array.from({ length: 10 }, (_, i) => {
    const block = allocate(1_000_000);
    fill(block, i);
    return block;
  });
  for (let i = 0; i < 20_000; i++) {
    allocate(10_000);
    if (i % 100 === 0) for (const block of kept) address(block);
  }
  expect(heapUsed()).toBeLessThan(48 * 1024 * 1024);
  expect(u8.byteLength).toBeLessThan(96 * 1024 * 1024);
  for (const [i, block] of kept.entries()) expectIntact(block, i);
});

test("growth of the memory keeps contents and leaves no stale view", () => {
  const block = allocate(1000);
  fill(block, 5);
  const before = u8;
  ensure(u8.byteLength + 1);
  expect(before.byteLength).toBe(0);
  expect(u8.byteLength).toBeGreaterThan(before.byteLength);
  expectIntact(block, 5);
});

describe("without memory", () => {
  afterEach(() => vi.restoreAllMocks());

  test("an allocation is an error that says how much was wanted, and changes nothing", () => {
    evacuate();
    const block = allocate(1000);
    fill(block, 9);
    const used = heapUsed();
    vi.spyOn(WebAssembly.Memory.prototype, "grow").mockImplementation(() => {
      throw new RangeError("no");
    });
    expect(() => allocate(u8.byteLength + 1)).toThrow(
      /^out of memory: the tensors need \d+ bytes, the engine grants \d+$/,
    );
    expect(heapUsed()).toBeLessThanOrEqual(used);
    expectIntact(block, 9);
    expectIntact(block, 9);
  });

  test("an allocation that fits once everything else is evacuated succeeds", () => {
    evacuate();
    vi.spyOn(WebAssembly.Memory.prototype, "grow").mockImplementation(() => {
      throw new RangeError("no");
    });
    const most = Math.floor(u8.byteLength * 0.6);
    const kept = allocate(most);
    u8[address(kept)] = 7;
    evacuate();
    address(kept);
    // Recently used blocks raise the limit above the size of the memory.
    evacuate();
    address(kept);
    const other = allocate(most);
    u8[address(other)] = 8;
    release(other);
    expect(u8[address(kept)]).toBe(7);
  });

  test("a size beyond 32-bit addresses is an error at once", () => {
    expect(() => allocate(2 ** 32)).toThrow("out of memory: a tensor of 4294967296 bytes; kernel memory ends at 4 GiB");
    expect(() => allocate(Number.NaN)).toThrow("out of memory");
  });
});
