/** Requests to stop: Ctrl-C, `kill`, a closed terminal, or a closed pipe on standard output. */

const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
/** The exit code that shells report for a process that wrote to a closed pipe. */
const BROKEN_PIPE = 141;

export interface Interruption {
  /** The exit code for the request. Undefined without one. */
  readonly code: number | undefined;
  /** Whether standard output is still open. */
  readonly readable: boolean;
  stopListening(): void;
}

/** The first request is only recorded. A second one ends the process at once. */
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
