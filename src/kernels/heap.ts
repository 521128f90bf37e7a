/**
 * Blocks of kernel memory that need no explicit free.
 *
 * A block in use lives in the kernels' memory. When that memory is full of blocks, all of them are evacuated: copied to
 * ordinary JavaScript arrays that only their `Block` refers to. The garbage collector then takes the blocks that
 * nothing refers to, and a block that is needed again is copied back at its next use. So a program can drop millions of
 * tensors and hold memory flat without any `dispose`, even in a loop that never yields to the event loop, where
 * finalisers never run. Code that knows that a block is no longer needed frees it at once with `release`.
 *
 * The rule for callers: allocate first, then take addresses. Only `allocate` moves blocks; `address` never does.
 */

import { ensure, heapBase, u8 } from "./memory.js";

/** The heap is evacuated when its blocks reach this many bytes. The limit grows with the blocks in lasting use. */
const SMALLEST_LIMIT = 16 * 1024 * 1024;
/**
 * The first evacuation comes early, before the JIT compiler has optimised anything. Code that it optimised without ever
 * having seen an evacuated block would be discarded at the first one, all at once, and compiled again.
 */
const FIRST_LIMIT = 64 * 1024;

/** The range of 32-bit addresses. */
const LARGEST = 2 ** 32 - 65536;

export class Block {
  readonly bytes: number;
  /** The block's byte address in kernel memory, or -1 while it is evacuated. Read it through `address`. */
  place = -1;
  /** The contents while the block is evacuated. */
  away: Uint8Array | undefined;
  /** The block's index in `resident`. */
  index = -1;
  /** The number of operation results that share the block with the tensor it was allocated for. */
  borrowers = 0;

  constructor(bytes: number) {
    this.bytes = bytes;
  }
}

const resident: Block[] = [];
const free: number[][] = [];
let top = heapBase;
let used = 0;
let broughtBack = 0;
let limit = FIRST_LIMIT;

/**
 * A new block of at least one byte, aligned to 64 bytes, with undefined contents. May move every other block.
 *
 * @throws RangeError if the engine has no memory left; nothing else has changed then
 */
export function allocate(bytes: number): Block {
  if (!(bytes <= LARGEST))
    throw new RangeError(`out of memory: a tensor of ${bytes} bytes; kernel memory ends at 4 GiB`);
  if (used + bytes > limit) evacuate();
  const block = new Block(bytes);
  try {
    assignPlace(block);
  } catch {
    // The engine grants no more memory, but evacuation may free enough.
    evacuate();
    assignPlace(block);
  }
  return block;
}

/** The block's current byte address, valid until the next `allocate`. */
export function address(block: Block): number {
  return block.place >= 0 ? block.place : bringBack(block);
}

/** Frees a block's memory at once. Its contents are lost, and using it afterwards is an error. */
export function release(block: Block): void {
  if (block.place >= 0) {
    const sizeClass = classOf(block.bytes);
    free[sizeClass].push(block.place);
    used -= roomOf(sizeClass);
    const last = resident.pop() as Block;
    if (last !== block) {
      resident[block.index] = last;
      last.index = block.index;
    }
  }
  block.place = -1;
  block.away = undefined;
}

/** The bytes of kernel memory that blocks take now. */
export function heapUsed(): number {
  return used;
}

/** Copies every block out, which empties the heap. Exported so that tests can do so between any two operations. */
export function evacuate(): void {
  for (const block of resident) {
    block.away = u8.slice(block.place, block.place + block.bytes);
    block.place = -1;
  }
  resident.length = 0;
  for (const places of free) if (places) places.length = 0;
  limit = Math.max(SMALLEST_LIMIT, 3 * broughtBack);
  top = heapBase;
  used = 0;
  broughtBack = 0;
}

function bringBack(block: Block): number {
  const contents = block.away;
  if (contents === undefined) {
    throw new Error("memory was used after its release: a gradient after zeroGrad(), or a batch after its update");
  }
  assignPlace(block);
  u8.set(contents, block.place);
  block.away = undefined;
  broughtBack += block.bytes;
  return block.place;
}

function assignPlace(block: Block): void {
  const sizeClass = classOf(block.bytes);
  const room = roomOf(sizeClass);
  const places = (free[sizeClass] ??= []);
  const reused = places.pop();
  if (reused !== undefined) {
    block.place = reused;
  } else {
    ensure(top + room);
    block.place = top;
    top += room;
  }
  used += room;
  block.index = resident.length;
  resident.push(block);
}

/** Sizes are rounded up to a multiple of 64 bytes, and above 1 KiB to one of four steps between powers of two. */
function classOf(bytes: number): number {
  const lines = Math.max(1, (bytes + 63) >>> 6);
  if (lines <= 16) return lines;
  const octave = 31 - Math.clz32(lines - 1);
  return 16 + (octave - 4) * 4 + ((lines - 1) >>> (octave - 2)) - 3;
}

function roomOf(sizeClass: number): number {
  if (sizeClass <= 16) return sizeClass * 64;
  const octave = 4 + Math.floor((sizeClass - 17) / 4);
  const step = ((sizeClass - 17) % 4) + 5;
  return (step << (octave - 2)) * 64;
}
