/**
 * Where the files of a run lie while it is nobody's: checkpoints that another machine goes on from, and results until they
 * are collected. A depot keeps bytes by run and name.
 */
export interface Depot {
  /** A name for messages, without secrets. */
  readonly shown: string;
  put(run: string, name: string, bytes: Uint8Array): Promise<void>;
  /** Undefined if there is no such file. */
  get(run: string, name: string): Promise<Uint8Array | undefined>;
  /** The names of a run's files, in any order. */
  list(run: string): Promise<string[]>;
  /** Removes all files of a run, if it has any. */
  remove(run: string): Promise<void>;
  close(): Promise<void>;
}
