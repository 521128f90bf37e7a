/** The page's end of the conversation with the worker of this room. It is started when it is first asked. */

import type { Answered, Answers, Question } from "./reader-protocol.js";

interface Waiting {
  readonly resolve: (answer: never) => void;
  readonly reject: (error: Error) => void;
}

export class Reader {
  private worker: Worker | undefined;
  private readonly waiting = new Map<number, Waiting>();
  private requests = 0;

  async ask<T extends keyof Answers>(
    question: Extract<Question, { type: T }>,
    transfer: Transferable[] = [],
  ): Promise<Answers[T]> {
    this.worker ??= this.started();
    const { worker } = this;
    const request = ++this.requests;
    return new Promise<Answers[T]>((resolve, reject) => {
      this.waiting.set(request, { resolve, reject });
      worker.postMessage({ ...question, request }, transfer);
    });
  }

  /** Ends what it does, however long that would take. The next question starts it anew. */
  stop(why = "It was stopped."): void {
    this.worker?.terminate();
    this.worker = undefined;
    for (const { reject } of this.waiting.values()) reject(new Error(why));
    this.waiting.clear();
  }

  private started(): Worker {
    // The address has to stand in the call, or the build would not see that there is a worker.
    const worker = new Worker(new URL("./reader-worker.ts", import.meta.url), { type: "module" });
    worker.addEventListener("error", ({ message }) => this.stop(message || "The worker could not be loaded."));
    worker.addEventListener("message", ({ data }: MessageEvent<Answered>) => {
      const waiting = this.waiting.get(data.request);
      this.waiting.delete(data.request);
      if ("failed" in data) waiting?.reject(new Error(data.failed));
      else waiting?.resolve(data.answer as never);
    });
    return worker;
  }
}

/** For descriptions and sums: short work. Policies have a worker each, which may be stopped. */
export const reader = new Reader();
