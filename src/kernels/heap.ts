/**
 * Blocks of kernel memory that nobody has to free.
 *
 * A block lives in the kernels' memory while it is in use. When that memory has filled up with blocks, all of them are
 * copied out into ordinary JavaScript arrays, held by nothing but their `Block`: the garbage collector then takes those that
 * no one refers to, and a block that is still wanted is copied back at its next use. So a program that throws tensors away
 * by the million holds memory flat without ever saying `dispose`, even in a loop that never yields to the event loop
 * (where finalisers never run), and whoever does know that a block is finished frees it at once with `release`.
 *
 * The rule for callers: allocate first, then take addresses. Only `allocate` moves blocks; `address` never does.
 */

import { ensure, heapBase, u8 } from "./memory.js";

/** Bytes of blocks after which the heap is emptied. Grows with what turns out to be in lasting use. */
const SMALLEST_LIMIT = 16 * 1024 * 1024;
/**
 * The first time it is emptied soon: by then the JIT compiler has optimised nothing yet. Code that it optimised without ever
 * having seen a block away is thrown away at the first such sight, all of it at once, and compiled again.
 */
const FIRST_LIMIT = 64 * 1024;

/** What 32-bit addresses can reach. */
const LARGEST = 2 ** 32 - 65536;

export class Block {
  readonly bytes: number;
  /** Where it lies in kernel memory, or -1 while it is away. Read it through `address`. */
  place = -1;
  /** Its contents while it is away. */
  away: Uint8Array | undefined;
  /** Its position in `resident`. */
  index = -1;
  /** How many results of operations share it with the tensor that it was allocated for. */
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
 * A new block of at least one byte, aligned to 64, contents undefined. May move every other block.
 *
 * @throws RangeError where the engine has no memory left; nothing else has changed then
 */
export function allocate(bytes: number): Block {
  if (!(bytes <= LARGEST))
    throw new RangeError(`out of memory: a tensor of ${bytes} bytes; kernel memory ends at 4 GiB`);
  if (used + bytes > limit) evacuate();
  const block = new Block(bytes);
  try {
    settle(block);
  } catch {
    // No more to be had, but perhaps enough in what is garbage or can wait outside.
    evacuate();
    settle(block);
  }
  return block;
}

/** Where the block lies now. Valid until the next `allocate`. */
export function address(block: Block): number {
  return block.place >= 0 ? block.place : bringBack(block);
}

/** Gives a block's memory back at once. Its contents are gone: using it afterwards is an error. */
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

/** Bytes of kernel memory in blocks now: for tests and for the curious. */
export function heapUsed(): number {
  return used;
}

/** Copies every block out, which empties the heap. Public so that tests can put it between any two operations. */
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
  settle(block);
  u8.set(contents, block.place);
  block.away = undefined;
  broughtBack += block.bytes;
  return block.place;
}

function settle(block: Block): void {
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
