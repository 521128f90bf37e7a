/** Being asked to stop: by ctrl-C, by `kill`, by a terminal that is closed, or by a reader of the output who has gone. */

const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
/** As shells report a process that wrote into a pipe nobody reads. */
const BROKEN_PIPE = 141;

export interface Interruption {
  /** The exit code that belongs to what happened, or undefined while nothing has. */
  readonly code: number | undefined;
  /** Whether anybody is there to read what we write. */
  readonly readable: boolean;
  stopListening(): void;
}

/** Listens. The first request is only noted; a second one ends the process at once. */
export function listenForInterruption(): Interruption {
  let code: number | undefined;
  let readable = true;
  const handlers = Object.entries(SIGNALS).map(([signal, itsCode]): [string, () => void] => [
    signal,
    () => {
      if (code !== undefined) process.exit(itsCode);
      code = itsCode;
    },
  ]);
  const onError = (error: NodeJS.ErrnoException): void => {
    if (error.code !== "EPIPE") throw error;
    readable = false;
    code ??= BROKEN_PIPE;
  };
  for (const [signal, handler] of handlers) process.on(signal, handler);
  process.stdout.on("error", onError);
  return {
    get code() {
      return code;
    },
    get readable() {
      return readable;
    },
    stopListening() {
      for (const [signal, handler] of handlers) process.removeListener(signal, handler);
    },
  };
}
