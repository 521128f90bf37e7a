import { closeSync, constants, fsyncSync, ftruncateSync, openSync, writeSync } from "node:fs";
import { fileError } from "./file-error.js";

/** A file that grows at its end. What is appended is kept in memory until `flush`. */
export class AppendFile {
  readonly path: string;
  private readonly file: number;
  private appended: (string | Uint8Array)[] = [];
  private unwritten: Buffer = Buffer.alloc(0);

  /**
   * Opens a file for appending after its first `bytes`, and cuts off the rest. Somebody else's symbolic link is not followed.
   *
   * @throws FileError
   */
  constructor(path: string, bytes: number) {
    this.path = path;
    const { O_APPEND, O_CREAT, O_WRONLY, O_NOFOLLOW = 0 } = constants;
    try {
      this.file = openSync(path, O_APPEND | O_CREAT | O_WRONLY | O_NOFOLLOW, 0o666);
      ftruncateSync(this.file, bytes);
    } catch (error) {
      throw fileError(path, "can't be opened for writing", error);
    }
  }

  append(content: string | Uint8Array): void {
    this.appended.push(content);
  }

  /** Writes what was appended, so that a kill of this process can't lose it. @throws FileError */
  flush(): void {
    this.unwritten = Buffer.concat([this.unwritten, ...this.appended.map((content) => Buffer.from(content))]);
    this.appended = [];
    try {
      // A disk that fills up takes a part of it. The rest is kept, and never written twice.
      while (this.unwritten.length > 0) this.unwritten = this.unwritten.subarray(writeSync(this.file, this.unwritten));
    } catch (error) {
      throw fileError(this.path, "can't be written", error);
    }
  }

  /** Writes it to the disk itself, so that a power cut can't lose it. @throws FileError */
  sync(): void {
    this.flush();
    try {
      fsyncSync(this.file);
    } catch (error) {
      throw fileError(this.path, "can't be written", error);
    }
  }

  close(): void {
    closeSync(this.file);
  }
}
