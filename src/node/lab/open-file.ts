/**
 * Opens files of run folders that may be hostile. A link could lead to any file of the user, a pipe would keep the server
 * waiting for ever, and a device may do anything. So only plain files are opened, and only where their path really is.
 */

import { closeSync, constants, fstatSync, lstatSync, openSync, readSync, realpathSync, type Stats } from "node:fs";
import { join } from "node:path";
import { codeOf, FileError, fileError } from "../file-error.js";

/** A folder with runs, by its path without links, and by its name in messages. */
export interface Place {
  readonly path: string;
  readonly name: string;
}

export interface OpenFile {
  readonly file: number;
  readonly size: number;
  /** When it was written last, in milliseconds since 1970. */
  readonly changed: number;
}

const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;

/** Opens a file of a folder for `read`, and closes it. Undefined if there is none. @throws FileError */
export function withFile<T>(place: Place, name: string, read: (open: OpenFile) => T): T | undefined {
  const open = openPlain(place, name);
  if (open === undefined) return undefined;
  try {
    return read(open);
  } catch (error) {
    throw fileError(join(place.name, name), "can't be read", error);
  } finally {
    closeSync(open.file);
  }
}

/**
 * Opens a file of a folder; undefined if there is none. The caller closes it.
 *
 * @throws FileError for what is not a plain file, and if the folder has been replaced by a link
 */
export function openPlain(place: Place, name: string): OpenFile | undefined {
  const path = join(place.path, name);
  const shown = join(place.name, name);
  let file: number | undefined;
  try {
    requirePlain(lstatSync(path), shown);
    // It may have been replaced since: a link is then refused, a pipe doesn't block, and the number of the file is another.
    file = openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    const found = fstatSync(file);
    requirePlain(found, shown);
    if (realpathSync.native(place.path) !== place.path) throw new FileError(place.name, "is not where it was");
    const now = lstatSync(path);
    if (now.ino !== found.ino || now.dev !== found.dev) throw new FileError(shown, "is being replaced");
    return { file, size: found.size, changed: found.mtimeMs };
  } catch (error) {
    if (file !== undefined) closeSync(file);
    if (codeOf(error) === "ENOENT") return undefined;
    throw fileError(shown, "can't be read", error);
  }
}

/** @throws FileError for anything but a plain file */
export function requirePlain(found: Stats, shown: string): void {
  if (found.isFile()) return;
  const what = found.isSymbolicLink()
    ? "a symbolic link, which the lab does not follow"
    : found.isDirectory()
      ? "a folder"
      : "a pipe, a socket or a device";
  throw new FileError(shown, `is ${what}`);
}

/** The text of a file; undefined if there is none. @throws FileError, also if it has more bytes than `most` */
export function readText(place: Place, name: string, most: number): string | undefined {
  return withFile(place, name, ({ file, size }) => {
    if (size > most)
      throw new FileError(join(place.name, name), `has ${size} bytes, and more than ${most} are not read`);
    return readBytes(file, 0, size).toString();
  });
}

/** So many bytes of a file from a place on; fewer if it ends before. */
export function readBytes(file: number, from: number, count: number): Buffer {
  const bytes = Buffer.allocUnsafe(count);
  let filled = 0;
  while (filled < count) {
    const got = readSync(file, bytes, filled, count - filled, from + filled);
    if (got === 0) break;
    filled += got;
  }
  return bytes.subarray(0, filled);
}
