/**
 * Where somebody's code runs: a worker below a hidden page without an origin. Nothing that this site keeps can be read from
 * there, and its policy allows no connection. To close it ends the worker, whatever that is doing.
 */

import { Patience } from "./patience.js";

/** Seconds within which the engine has to be there: it is loaded and compiled first. */
const START_PATIENCE = 30;

export interface IsolatedEvents<Told> {
  /** Returns within how many seconds the next message has to come. Undefined: nothing is waited for. */
  told(message: Told): number | undefined;
  /** The code did not answer in time; it is closed. */
  silent(): void;
  /** Nothing can run at all. */
  broken(message: string): void;
}

export class Isolated<Told> {
  private readonly frame = document.createElement("iframe");
  private readonly port: MessagePort;
  private readonly patience: Patience;
  private isClosed = false;
  /** The frame has one thing to say: that its worker could not begin. */
  private readonly hear: (event: MessageEvent) => void;

  /** `engine` loads a script that imports nothing. Its worker gets `start`, the port that it talks on, and `ports`. */
  constructor(
    engine: () => Promise<{ readonly text: string }>,
    start: unknown,
    ports: readonly MessagePort[],
    events: IsolatedEvents<Told>,
  ) {
    const { frame } = this;
    const own = new MessageChannel();
    this.port = own.port1;
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
    this.port.onmessage = ({ data }: MessageEvent<Told>) => {
      ready = true;
      const seconds = events.told(data);
      if (seconds === undefined || this.isClosed) this.patience.rest();
      else this.patience.expect(seconds);
    };
    frame.setAttribute("sandbox", "allow-scripts");
    frame.hidden = true;
    frame.title = "Your code";
    frame.src = new URL("own-env.html", document.baseURI).href;
    frame.addEventListener(
      "load",
      () => {
        void engine().then(
          // Its origin has no name, so the message can't be addressed to one.
          ({ text }) => frame.contentWindow?.postMessage({ engine: text, start }, "*", [own.port2, ...ports]),
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

  send(message: unknown): void {
    this.port.postMessage(message);
  }

  close(): void {
    this.isClosed = true;
    this.patience.rest();
    removeEventListener("message", this.hear);
    this.frame.remove();
    this.port.close();
  }
}
