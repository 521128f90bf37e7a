/** An error about a file or folder that can't be read, written or locked. The message names the path and the reason. */
export class FileError extends Error {
  override readonly name = "FileError";
  readonly path: string;

  constructor(path: string, problem: string, cause?: unknown) {
    super(`${path}: ${problem}`, { cause });
    this.path = path;
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: "the disk is full",
  EDQUOT: "the disk quota is used up",
  EACCES: "permission denied",
  EPERM: "the operation is not permitted",
  EROFS: "the file system is read-only",
  EMFILE: "too many open files",
  ENFILE: "too many open files",
  ENOENT: "there is no such file or folder",
  ENOTDIR: "part of the path is a file, not a folder",
  EISDIR: "it is a folder",
  ELOOP: "it is a symbolic link, which is not followed",
  ENAMETOOLONG: "a name in it is too long",
  EIO: "the device reported an error",
};

/** Converts a system error to a `FileError` about `path`, such as `can't be written: the disk is full (ENOSPC)`. */
export function fileError(path: string, problem: string, error: unknown): FileError {
  if (error instanceof FileError) return error;
  const code = codeOf(error);
  const reason = code === undefined ? String(error) : `${REASONS[code] ?? (error as Error).message} (${code})`;
  return new FileError(path, `${problem}: ${reason}`, error);
}

/** The code of an error, such as `ENOENT`. Undefined if it has none. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string") return undefined;
  return error.code;
}
