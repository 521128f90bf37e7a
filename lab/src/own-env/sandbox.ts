/** The user's environment, isolated, with the port on which its engine speaks of its run. */

import { Isolated } from "./isolated.js";
import type { FromOwn, Start, ToOwn } from "./own-protocol.js";

/** Seconds within which the code has to answer. */
export const PATIENCE = 10;

export interface SandboxEvents {
  told(message: FromOwn): void;
  /** The code did not answer in time; the sandbox is closed. */
  silent(): void;
  /** Nothing can run at all. */
  broken(message: string): void;
}

export class Sandbox {
  /** The port on which the engine speaks of its run. */
  readonly engine: MessagePort;
  private readonly isolated: Isolated<FromOwn>;

  constructor(start: Start, events: SandboxEvents) {
    const engine = new MessageChannel();
    this.engine = engine.port1;
    this.isolated = new Isolated<FromOwn>(() => import("virtual:own-env-engine"), start, [engine.port2], {
      told: (data) => {
        // A moment later, so that a worker that is busy with what it has told is not asked at once.
        if (data.type === "pong" || data.type === "registered") setTimeout(() => this.ping(), 1000);
        if (data.type !== "pong") events.told(data);
        return data.type === "checked" || data.type === "threw" ? undefined : PATIENCE;
      },
      silent: () => events.silent(),
      broken: (message) => events.broken(message),
    });
  }

  close(): void {
    this.isolated.close();
    this.engine.close();
  }

  private ping(): void {
    this.isolated.send({ type: "ping" } satisfies ToOwn);
  }
}
