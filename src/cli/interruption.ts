/** Requests to stop: Ctrl-C, `kill`, a closed terminal, or an output that nobody reads any more. */

import { HUNG_UP, onBrokenOutput, outputsWork } from "./outputs.js";

const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: HUNG_UP } as const;

export interface Interruption {
  /** The exit code for the request. Undefined without one. */
  readonly code: number | undefined;
  /** Whether the outputs are still open. */
  readonly readable: boolean;
  stopListening(): void;
}

/** A request is only recorded. A second Ctrl-C or `kill` ends the process at once. */
export function listenForInterruption(): Interruption {
  let code: number | undefined;
  let asked = false;
  const handlers = Object.entries(SIGNALS).map(([signal, itsCode]): [string, () => void] => [
    signal,
    () => {
      if (asked) process.exit(itsCode);
      // A closing terminal sends SIGHUP twice, by itself and by its shell: that is no impatience.
      asked ||= itsCode !== HUNG_UP;
      code ??= itsCode;
    },
  ]);
  for (const [signal, handler] of handlers) process.on(signal, handler);
  const endAtOnce = onBrokenOutput((itsCode) => {
    code ??= itsCode;
  });
  return {
    get code() {
      return code;
    },
    get readable() {
      return outputsWork();
    },
    stopListening() {
      for (const [signal, handler] of handlers) process.removeListener(signal, handler);
      endAtOnce();
    },
  };
}
