/** The room's end of the conversation with the planner. */

import type { FromPlanner, Judgement, Standing, ToPlanner } from "./planner-protocol.js";

export class Planning {
  private readonly worker: Worker;
  private readonly waiting: { resolve(answer: FromPlanner): void; reject(error: Error): void }[] = [];

  constructor() {
    // The address has to stand in the call, or the build would not see that there is a worker.
    this.worker = new Worker(new URL("./planner-worker.ts", import.meta.url), { type: "module" });
    this.worker.addEventListener("message", ({ data }: MessageEvent<FromPlanner>) => {
      const next = this.waiting.shift();
      if (data.type === "broken") next?.reject(new Error(data.message));
      else next?.resolve(data);
    });
    this.worker.addEventListener("error", ({ message }) => {
      for (const { reject } of this.waiting.splice(0)) reject(new Error(message || "The planner could not be loaded."));
    });
  }

  async stand(question: Exclude<ToPlanner, { readonly type: "judge" }>): Promise<Standing> {
    const answer = await this.ask(question);
    if (answer.type !== "standing") throw new Error(`The planner answered ${answer.type}.`);
    return answer.standing;
  }

  async judge(policy: Float32Array): Promise<Judgement> {
    const answer = await this.ask({ type: "judge", policy });
    if (answer.type !== "judgement") throw new Error(`The planner answered ${answer.type}.`);
    return answer.judgement;
  }

  close(): void {
    this.worker.terminate();
  }

  private ask(question: ToPlanner): Promise<FromPlanner> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ resolve, reject });
      this.worker.postMessage(question);
    });
  }
}
