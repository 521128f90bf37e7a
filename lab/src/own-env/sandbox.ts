/**
 * Where the user's code runs: a worker below a hidden page without an origin. Nothing that this site keeps can be read from
 * there, and its policy allows no connection. To close it ends the worker, whatever that is doing.
 */

import type { FromOwn, Start, ToOwn } from "./own-protocol.js";
import { Patience } from "./patience.js";

/** Seconds within which the code has to answer. */
export const PATIENCE = 10;
/** Seconds within which the engine has to be there: it is loaded and compiled first. */
const START_PATIENCE = 30;

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
  private readonly frame = document.createElement("iframe");
  private readonly own: MessagePort;
  private readonly patience: Patience;
  /** The frame has one thing to say: that its worker could not begin. */
  private readonly hear: (event: MessageEvent) => void;

  constructor(start: Start, events: SandboxEvents) {
    const { frame } = this;
    const [own, engine] = [new MessageChannel(), new MessageChannel()];
    this.own = own.port1;
    this.engine = engine.port1;
    let ready = false;
    this.patience = new Patience(() => {
      this.close();
      if (ready) events.silent();
      else
        events.broken(
          "The engine for your code did not start. Is there a connection? If so, this browser may not allow it.",
        );
    });
    this.patience.expect(START_PATIENCE);
    this.hear = ({ source }) => {
      if (source !== frame.contentWindow) return;
      this.close();
      events.broken("The engine for your code could not be started. This browser may not allow it.");
    };
    addEventListener("message", this.hear);
    this.own.onmessage = ({ data }: MessageEvent<FromOwn>) => {
      ready = true;
      if (data.type === "checked" || data.type === "threw") this.patience.rest();
      else this.patience.expect(PATIENCE);
      // A moment later, so that a worker that is busy with what it has told is not asked at once.
      if (data.type === "pong" || data.type === "registered") setTimeout(() => this.ping(), 1000);
      if (data.type !== "pong") events.told(data);
    };
    frame.setAttribute("sandbox", "allow-scripts");
    frame.hidden = true;
    frame.title = "Your code";
    frame.src = new URL("own-env.html", document.baseURI).href;
    frame.addEventListener(
      "load",
      () => {
        void import("virtual:own-env-engine").then(
          // Its origin has no name, so the message can't be addressed to one.
          ({ text }) => frame.contentWindow?.postMessage({ engine: text, start }, "*", [own.port2, engine.port2]),
          () => {
            this.close();
            events.broken("The engine could not be loaded. Is there a connection?");
          },
        );
      },
      { once: true },
    );
    document.body.append(frame);
  }

  close(): void {
    this.patience.rest();
    removeEventListener("message", this.hear);
    this.frame.remove();
    this.own.close();
    this.engine.close();
  }

  private ping(): void {
    this.own.postMessage({ type: "ping" } satisfies ToOwn);
  }
}
