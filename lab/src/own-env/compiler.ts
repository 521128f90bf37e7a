/** The room's end of the conversation with the TypeScript compiler. */

import type { Answers, FromCompiler, Question, ToCompiler } from "./compiler-protocol.js";

interface Waiting {
  resolve(answer: Answers[keyof Answers]): void;
  reject(error: Error): void;
}

const waiting = new Map<number, Waiting>();
let worker: Worker | undefined;
let requests = 0;

/** Starts the compiler at the first question. It stays for the next visit of the room. */
export function ask<Q extends Question>(question: Q): Promise<Answers[Q["ask"]]> {
  worker ??= started();
  const request = ++requests;
  worker.postMessage({ ...question, request } satisfies ToCompiler);
  return new Promise((resolve, reject) => {
    waiting.set(request, { resolve: resolve as Waiting["resolve"], reject });
  });
}

function started(): Worker {
  const compiler = new Worker(new URL("./compiler-worker.ts", import.meta.url), { type: "module" });
  compiler.addEventListener("message", ({ data }: MessageEvent<FromCompiler>) => {
    const one = waiting.get(data.request);
    waiting.delete(data.request);
    if ("failed" in data) one?.reject(new Error(data.failed));
    else one?.resolve(data.answer);
  });
  compiler.addEventListener("error", ({ message }) => {
    const error = new Error(message || "The TypeScript compiler could not be loaded. Is there a connection?");
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  });
  return compiler;
}
