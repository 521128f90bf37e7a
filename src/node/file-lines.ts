/** Reads a text file line by line, in pieces: it may be larger than memory, or than a JavaScript string may be. */

import { closeSync, openSync, readSync } from "node:fs";
import { FileError } from "./file-error.js";
import { reading, readingIfThere } from "./reading.js";

const PIECE = 2 ** 18;
/** A line of more bytes is a sign of another kind of file, and may not fit into a JavaScript string. */
const LONGEST = 2 ** 28;
const NEWLINE = 10;

export interface Line {
  readonly text: string;
  /** 1 for the first. */
  readonly number: number;
  /** The number of bytes up to its end, including the newline. */
  readonly end: number;
}

/**
 * The lines of a file; none if there is no such file. Bytes after the last newline are not a line: a kill has cut it.
 *
 * @throws FileError if the file can't be read
 */
export function* fileLines(path: string): Generator<Line> {
  const file = readingIfThere(path, () => openSync(path, "r"));
  if (file === undefined) return;
  try {
    let begun: Buffer[] = [];
    let begunBytes = 0;
    let number = 0;
    let end = 0;
    for (let piece = readPiece(file, path); piece.length > 0; piece = readPiece(file, path)) {
      let start = 0;
      for (let newline = piece.indexOf(NEWLINE); newline >= 0; newline = piece.indexOf(NEWLINE, start)) {
        const bytes =
          begunBytes === 0 ? piece.subarray(start, newline) : Buffer.concat([...begun, piece.subarray(0, newline)]);
        end += bytes.length + 1;
        yield { text: bytes.toString(), number: ++number, end };
        begun = [];
        begunBytes = 0;
        start = newline + 1;
      }
      begun.push(piece.subarray(start));
      begunBytes += piece.length - start;
      if (begunBytes > LONGEST) throw new FileError(path, `line ${number + 1} has more than ${LONGEST} bytes`);
    }
  } finally {
    closeSync(file);
  }
}

function readPiece(file: number, path: string): Buffer {
  const piece = Buffer.allocUnsafe(PIECE);
  return piece.subarray(
    0,
    reading(path, () => readSync(file, piece)),
  );
}
