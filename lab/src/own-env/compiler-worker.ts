/** The worker of the TypeScript compiler. It reads the user's code and never runs it. */

import { files } from "virtual:own-env-types";
import type { FromCompiler, ToCompiler } from "./compiler-protocol.js";
import { CompilerService } from "./compiler-service.js";

const service = new CompilerService(files);

self.addEventListener("message", ({ data }: MessageEvent<ToCompiler>) => {
  const { request } = data;
  const post = (message: FromCompiler): void => self.postMessage(message);
  try {
    post({ request, answer: service.answer(data) });
  } catch (error) {
    post({ request, failed: error instanceof Error ? error.message : String(error) });
  }
});
