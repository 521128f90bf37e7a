/**
 * Decompresses DEFLATE (RFC 1951). Browsers only decompress asynchronously, and the kernels must be ready when a module
 * that imports them runs.
 */

/** The longest code of a symbol, in bits. */
const LONGEST = 15;

/** Copies by code (RFC 1951, 3.2.5): the smallest length or distance, and the number of bits that are added to it. */
const LENGTHS = ranges(29, 4, 3);
const DISTANCES = ranges(30, 2, 1);
/** The longest copy has a code of its own. */
LENGTHS.least[28] = 258;
LENGTHS.bits[28] = 0;

/** The order in which the lengths of the codes for code lengths are stored. */
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/**
 * A Huffman code: for each value of the next 15 bits, the symbol that they begin with times 16, plus its length. Length 0
 * means that no symbol begins so.
 */
type Codes = Uint16Array;

interface Block {
  readonly literals: Codes;
  readonly distances: Codes;
}

/** The `size` bytes that were compressed. @throws RangeError if the data are not a DEFLATE stream of that size */
export function inflate(data: Uint8Array, size: number): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(size);
  let at = 0;
  /** The next byte to read, and bits that were read but not used. Beyond the end there are zeros. */
  let next = 0;
  let held = 0;
  let count = 0;

  function skip(used: number): void {
    held >>>= used;
    count -= used;
    if (count < 0) throw new RangeError("inflate: the data end too early");
  }
  function refill(): void {
    for (; count < LONGEST && next < data.length; count += 8) held |= data[next++] << count;
  }
  function bits(wanted: number): number {
    refill();
    const value = held & ((1 << wanted) - 1);
    skip(wanted);
    return value;
  }
  function symbol(codes: Codes): number {
    refill();
    const found = codes[held & 0x7fff];
    if (found === 0) throw new RangeError("inflate: the data hold an unknown code");
    skip(found & 15);
    return found >>> 4;
  }
  function stored(): void {
    skip(count & 7);
    const length = bits(8) | (bits(8) << 8);
    // The length follows again, inverted.
    bits(8);
    bits(8);
    next -= count >>> 3;
    held = 0;
    count = 0;
    if (next + length > data.length) throw new RangeError("inflate: the data end too early");
    out.set(data.subarray(next, next + length), at);
    next += length;
    at += length;
  }
  function dynamic(): Block {
    const literals = bits(5) + 257;
    const lengths = new Uint8Array(literals + bits(5) + 1);
    const own = new Uint8Array(19);
    for (let i = 0, n = bits(4) + 4; i < n; i++) own[ORDER[i]] = bits(3);
    const codes = codesOf(own);
    for (let i = 0; i < lengths.length; ) {
      const read = symbol(codes);
      const value = read < 16 ? read : read === 16 ? lengths[i - 1] : 0;
      const times = read < 16 ? 1 : read === 16 ? bits(2) + 3 : read === 17 ? bits(3) + 3 : bits(7) + 11;
      lengths.fill(value, i, i + times);
      i += times;
    }
    return { literals: codesOf(lengths.subarray(0, literals)), distances: codesOf(lengths.subarray(literals)) };
  }
  function compressed({ literals, distances }: Block): void {
    for (let read = symbol(literals); read !== 256; read = symbol(literals)) {
      if (at >= size) throw new RangeError(`inflate: the data hold more than ${size} bytes`);
      if (read < 256) {
        out[at++] = read;
        continue;
      }
      const end = at + LENGTHS.least[read - 257] + bits(LENGTHS.bits[read - 257]);
      const code = symbol(distances);
      const back = DISTANCES.least[code] + bits(DISTANCES.bits[code]);
      for (; at < end; at++) out[at] = out[at - back];
    }
  }

  for (let last = 0; last === 0; ) {
    last = bits(1);
    const kind = bits(2);
    if (kind === 0) stored();
    else if (kind === 3) throw new RangeError("inflate: the data hold an unknown block");
    else compressed(kind === 1 ? fixed() : dynamic());
  }
  if (at !== size) throw new RangeError(`inflate: the data hold ${at} bytes, not ${size}`);
  return out;
}

/** `codes` ranges, of which the first two times `step` and then `step` each have the same number of added bits. */
function ranges(codes: number, step: number, first: number): { least: Uint16Array; bits: Uint8Array } {
  const bits = Uint8Array.from({ length: codes }, (_, i) => Math.max(0, Math.floor(i / step) - 1));
  const least = new Uint16Array(codes);
  let start = first;
  for (let i = 0; i < codes; i++) {
    least[i] = start;
    start += 1 << bits[i];
  }
  return { least, bits };
}

/** The code of blocks that do not bring their own. */
function fixed(): Block {
  const lengths = new Uint8Array(288).fill(8).fill(9, 144, 256).fill(7, 256, 280);
  return { literals: codesOf(lengths), distances: codesOf(new Uint8Array(30).fill(5)) };
}

/** The code in which each symbol has this length. Codes ascend with their lengths, then with their symbols. */
function codesOf(lengths: Uint8Array): Codes {
  const codes = new Uint16Array(1 << LONGEST);
  let code = 0;
  for (let length = 1; length <= LONGEST; length++) {
    for (let symbol = 0; symbol < lengths.length; symbol++) {
      if (lengths[symbol] !== length) continue;
      // The first bit of a code is its highest, and the lowest of the bits that were read.
      let first = 0;
      for (let bit = 0; bit < length; bit++) first |= ((code >>> bit) & 1) << (length - 1 - bit);
      for (let i = first; i < codes.length; i += 1 << length) codes[i] = (symbol << 4) | length;
      code++;
    }
    code <<= 1;
  }
  return codes;
}
