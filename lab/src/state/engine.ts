/** The page's end of the conversation with the engine. */

import type { Catalogue, Download, Episode, FromEngine, PlayOptions, RunId, ToEngine } from "../protocol.js";

export interface EngineEvents {
  catalogue(catalogue: Catalogue): void;
  run(message: Extract<FromEngine, { readonly run: RunId }>): void;
  broken(message: string): void;
}

/** Seconds within which an engine has to be there. A page whose host forbids WebAssembly would wait for ever. */
const PATIENCE = 20;

/** A worker, or a port to one. */
type Channel = Pick<Worker | MessagePort, "postMessage" | "onmessage">;

function ownWorker(events: EngineEvents): Worker {
  // The address has to stand in the call, or the build would not see that there is a worker.
  const worker = new Worker(new URL("../engine/worker.ts", import.meta.url), { type: "module" });
  worker.addEventListener("error", (event) => events.broken(event.message || "The engine could not be loaded."));
  return worker;
}

export class Engine {
  private readonly channel: Channel;
  private readonly waiting = new Map<number, (message: FromEngine) => void>();
  private requests = 0;

  constructor(events: EngineEvents, channel: Channel = ownWorker(events)) {
    this.channel = channel;
    const late = setTimeout(
      () =>
        events.broken(
          "The engine did not start. It needs workers in modules and WebAssembly, which this browser or this page's security policy does not allow.",
        ),
      PATIENCE * 1000,
    );
    channel.onmessage = ({ data }: MessageEvent<FromEngine>) => {
      if (data.type === "catalogue") {
        clearTimeout(late);
        events.catalogue(data.catalogue);
      } else if (data.type === "broken") events.broken(data.message);
      else if ("request" in data) {
        this.waiting.get(data.request)?.(data);
        this.waiting.delete(data.request);
      } else events.run(data);
    };
  }

  send(message: ToEngine): void {
    this.channel.postMessage(message);
  }

  async play(run: RunId, options: PlayOptions): Promise<Episode> {
    const answer = await this.ask((request) => ({ type: "play", run, request, options }));
    if (answer.type !== "played") throw new Error(`The engine answered ${answer.type}.`);
    return answer.episode;
  }

  async save(run: RunId, as: Download): Promise<Uint8Array> {
    const answer = await this.ask((request) => ({ type: "save", run, request, as }));
    if (answer.type !== "saved") throw new Error(`The engine answered ${answer.type}.`);
    return answer.bytes;
  }

  private ask(message: (request: number) => ToEngine): Promise<FromEngine> {
    const request = ++this.requests;
    return new Promise((resolve) => {
      this.waiting.set(request, resolve);
      this.send(message(request));
    });
  }
}
