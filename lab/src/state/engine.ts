/** The page's end of the conversation with the engine. */

import type {
  Action,
  Catalogue,
  Diagnosis,
  Download,
  Episode,
  Frame,
  FromEngine,
  HistoryData,
  Look,
  LookedAt,
  PlayOptions,
  RunId,
  SeatMoment,
  SeatOptions,
  ToEngine,
} from "../protocol.js";

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
        if (data.type !== "played" || data.part.last) this.waiting.delete(data.request);
      } else events.run(data);
    };
  }

  send(message: ToEngine): void {
    this.channel.postMessage(message);
  }

  /** Resolves with the first frames. The others arrive in the same episode, long before they are due. */
  play(run: RunId, options: PlayOptions, look: (frame: Frame) => Frame = (frame) => frame): Promise<Episode> {
    const frames: Frame[] = [];
    return new Promise((resolve) => {
      const request = this.expect((answer) => {
        if (answer.type !== "played") return;
        const first = frames.length === 0;
        frames.push(...answer.part.frames.map(look));
        if (first) resolve({ ...answer.part, frames });
      });
      this.send({ type: "play", run, request, options });
    });
  }

  /** What the present policy would do in many states. */
  async look(run: RunId, at: LookedAt): Promise<Look | undefined> {
    const answer = await this.ask((request) => ({ type: "look", run, request, at }));
    return answer.type === "looked" ? answer.look : undefined;
  }

  sit(seat: SeatOptions): Promise<SeatMoment> {
    return this.seated((request) => ({ type: "sit", request, seat }));
  }

  deal(seed: number): Promise<SeatMoment> {
    return this.seated((request) => ({ type: "deal", request, seed }));
  }

  move(action: Action | "policy"): Promise<SeatMoment> {
    return this.seated((request) => ({ type: "move", request, action }));
  }

  private async seated(message: (request: number) => ToEngine): Promise<SeatMoment> {
    const answer = await this.ask(message);
    if (answer.type !== "seated") throw new Error(`The engine answered ${answer.type}.`);
    return answer.moment;
  }

  /** Ends the worker, if it is the engine's own. */
  close(): void {
    if (this.channel instanceof Worker) this.channel.terminate();
  }

  save(run: RunId, as: Download): Promise<Uint8Array> {
    return this.saved((request) => ({ type: "save", run, request, as }));
  }

  /** The report of a run that has this history, as HTML. */
  report(run: RunId, history: HistoryData): Promise<Uint8Array> {
    return this.saved((request) => ({ type: "report", run, request, history }));
  }

  private async saved(message: (request: number) => ToEngine): Promise<Uint8Array> {
    const answer = await this.ask(message);
    if (answer.type !== "saved") throw new Error(`The engine answered ${answer.type}.`);
    return answer.bytes;
  }

  /** What the doctor says of a run that has this history. */
  async diagnose(run: RunId, history: HistoryData): Promise<Diagnosis> {
    const answer = await this.ask((request) => ({ type: "diagnose", run, request, history }));
    if (answer.type !== "diagnosed") throw new Error(`The engine answered ${answer.type}.`);
    return answer.diagnosis;
  }

  private ask(message: (request: number) => ToEngine): Promise<FromEngine> {
    return new Promise((resolve) => this.send(message(this.expect(resolve))));
  }

  private expect(answer: (message: FromEngine) => void): number {
    this.waiting.set(++this.requests, answer);
    return this.requests;
  }
}
