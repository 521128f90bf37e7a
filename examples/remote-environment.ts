/**
 * An environment that answers later: a simulator at the other end of a message channel, as if it were in a worker, behind
 * a WebSocket, or on another machine. Copies are stepped at the same time, and a stopped run resumes to the same weights.
 */
import { type Env, evaluateAsync, make, resume, train } from "ascent";
import type { AsyncEnv, Json, StepResult } from "ascent/envs";
import { box, discrete } from "ascent/spaces";

interface Question {
  readonly seed?: number | bigint | undefined;
  readonly action?: number;
  /** The state to start from, after a resumption. */
  readonly restored?: Json | undefined;
}
interface Answer extends StepResult<Float32Array> {
  readonly state: Json;
}

/** The far side: any program that holds a cart-pole and answers messages, here after a millisecond. */
function serve(port: MessagePort): void {
  const env: Env<Float32Array, number> = make("CartPole-v1");
  port.onmessage = ({ data: { seed, action, restored } }: MessageEvent<Question>) => {
    if (restored !== undefined) env.restore?.(restored);
    const result = action === undefined ? env.reset({ seed }) : env.step(action);
    setTimeout(() => port.postMessage({ ...result, state: env.snapshot?.() }), 1);
  };
}

const ports: MessagePort[] = [];

/** The near side. The state comes with each answer, so that `snapshot` has it at once. */
function remote(): AsyncEnv<Float32Array, number> {
  const { port1: port, port2 } = new MessageChannel();
  ports.push(port);
  serve(port2);
  let state: Json = null;
  let restored: Json | undefined;
  const ask = async (question: Question): Promise<Answer> => {
    const answered = new Promise<Answer>((resolve) => (port.onmessage = ({ data }) => resolve(data)));
    port.postMessage({ ...question, restored });
    restored = undefined;
    const answer = await answered;
    state = answer.state;
    return answer;
  };
  return {
    asynchronous: true,
    answerWithin: 5_000, // milliseconds
    observationSpace: box({ low: -Infinity, high: Infinity, shape: [4] }),
    actionSpace: discrete(2),
    reset: ({ seed } = {}) => ask({ seed }),
    step: (action) => ask({ action }),
    snapshot: () => state,
    restore: (saved) => (state = restored = saved),
  };
}

const run = train({ algorithm: "ppo", env: remote, steps: 4096, options: { envs: 16, rolloutSteps: 64 } });
let saved = run.checkpoint();
for await (const { update, steps, averageReturn } of run) {
  console.log(`update ${update}, ${steps} steps: ${averageReturn.toFixed(0)} on average`);
  if (update === 2) saved = run.checkpoint();
}
const again = resume(saved, { env: remote });
for await (const _ of again);
console.log("same weights after a resumption:", again.result().weightsSha256 === run.result().weightsSha256);
const { mean } = await evaluateAsync(run.policy, remote(), { episodes: 10 });
console.log(`evaluation: balanced for ${mean.toFixed(0)} steps`);
for (const port of ports) port.close();
