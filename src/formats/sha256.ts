/**
 * SHA-256 (FIPS 180-4). Checkpoints are made synchronously, in browsers too, where the platform's SHA-256 is only
 * asynchronous.
 */

/**
 * The fractional parts of the cube roots of the first 64 primes and of the square roots of the first 8, as 32 bits
 * each.
 */
const { rounds: K, start: START } = constants();

/** The digest as 64 hexadecimal digits. */
export function sha256(bytes: Uint8Array): string {
  const state = START.slice();
  const w = new Int32Array(64);
  const whole = bytes.length - (bytes.length % 64);
  compress(state, w, new DataView(bytes.buffer, bytes.byteOffset, whole));
  compress(state, w, new DataView(lastBlocks(bytes.subarray(whole), bytes.length)));
  return Array.from(state, (word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
}

/** The padded end of the message: the rest after the whole blocks, a 1 bit, zeros, and the length in bits (64 bits). */
function lastBlocks(rest: Uint8Array, length: number): ArrayBuffer {
  const padded = new Uint8Array(rest.length < 56 ? 64 : 128);
  padded.set(rest);
  padded[rest.length] = 0x80;
  new DataView(padded.buffer).setBigUint64(padded.length - 8, 8n * BigInt(length));
  return padded.buffer;
}

/**
 * Adds whole blocks of 64 bytes to the state. It is one long loop over local variables because engines optimise that
 * best.
 */
function compress(state: Int32Array, w: Int32Array, blocks: DataView): void {
  for (let offset = 0; offset < blocks.byteLength; offset += 64) {
    for (let t = 0; t < 16; t++) w[t] = blocks.getInt32(offset + t * 4);
    for (let t = 16; t < 64; t++) {
      const x = w[t - 15];
      const y = w[t - 2];
      const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
      const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
      w[t] = (w[t - 16] + s0 + w[t - 7] + s1) | 0;
    }
    let a = state[0];
    let b = state[1];
    let c = state[2];
    let d = state[3];
    let e = state[4];
    let f = state[5];
    let g = state[6];
    let h = state[7];
    for (let t = 0; t < 64; t++) {
      const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
      const t1 = (h + s1 + ((e & f) ^ (~e & g)) + K[t] + w[t]) | 0;
      const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g;
      g = f;
      f = e;
      e = (d + t1) | 0;
      d = c;
      c = b;
      b = a;
      a = (t1 + t2) | 0;
    }
    state[0] += a;
    state[1] += b;
    state[2] += c;
    state[3] += d;
    state[4] += e;
    state[5] += f;
    state[6] += g;
    state[7] += h;
  }
}

/** Uses exact integer roots, because the last bits of Math.cbrt may differ between engines. */
function constants(): { rounds: Int32Array; start: Int32Array } {
  const primes: bigint[] = [];
  for (let n = 2n; primes.length < 64; n++) if (primes.every((p) => n % p !== 0n)) primes.push(n);
  const fraction = (p: bigint, power: bigint): number => Number(BigInt.asIntN(32, root(p << (32n * power), power)));
  return {
    rounds: Int32Array.from(primes, (p) => fraction(p, 3n)),
    start: Int32Array.from(primes.slice(0, 8), (p) => fraction(p, 2n)),
  };
}

/** The largest r with rᵖᵒʷᵉʳ ≤ n. */
function root(n: bigint, power: bigint): bigint {
  let low = 0n;
  let high = 1n << 40n;
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (middle ** power <= n) low = middle;
    else high = middle;
  }
  return low;
}
