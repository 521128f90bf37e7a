import { CorruptFileError } from "../../formats/safetensors.js";

/** Reads the arguments of a pickle's instructions, one after another. Numbers have their lowest byte first. */
export class PickleBytes {
  private readonly bytes: Uint8Array;
  private readonly view: DataView;
  /** The place of the next byte. */
  at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  int32(): number {
    return this.view.getInt32(this.skip(4), true);
  }

  /** The only number with its highest byte first. */
  float64(): number {
    return this.view.getFloat64(this.skip(8));
  }

  private skip(count: number): number {
    const place = this.at;
    if (count > this.bytes.length - place) throw damaged("it ends too early");
    this.at += count;
    return place;
  }

  take(count: number): Uint8Array {
    const place = this.skip(count);
    return this.bytes.subarray(place, place + count);
  }

  /** A whole number of at least 0, in `size` bytes, the lowest first. */
  length(size: number): number {
    return this.take(size).reduceRight((value, byte) => value * 256 + byte, 0);
  }

  /** A whole number of any size in two's complement, as a bigint where a number is not exact. */
  whole(size: number): number | bigint {
    const raw = this.take(size).reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n);
    const value = BigInt.asIntN(8 * size, raw);
    return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  }

  text(size: number): string {
    return new TextDecoder().decode(this.take(size));
  }

  line(): string {
    const end = this.bytes.indexOf(10, this.at);
    if (end < 0) throw damaged("it ends too early");
    const text = this.text(end - this.at);
    this.at++;
    return text;
  }
}

export function damaged(why: string): CorruptFileError {
  return new CorruptFileError(`this is not a pickle of data: ${why}`);
}
