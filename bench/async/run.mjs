/**
 * Measures training on a simulator behind HTTP: a server in another process that answers each request after 10 ms, over
 * connections that stay open, and PPO with 16 copies of CartPole on it. The steps per second include acting and learning.
 * Two clients take turns: one resets by a request of its own, for which the other copies wait, and the other has the first
 * observation of an episode from the last answer of the one before. Both must end with the weights of a run without a server.
 *
 *   npm run build && node bench/async/run.mjs [--rounds 3] [--steps 16384] [--milliseconds 10]
 *
 * It measures waiting, so other work on the machine distorts it: `chrt -f 10 node bench/async/run.mjs` goes before that.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { loadavg } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { make, train } from "../../dist/index.js";
import { commit, machine } from "../race.mjs";
import { median } from "../stopwatch.mjs";

const COPIES = 16;
const AT_LEAST = 1000;
const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "3" },
    steps: { type: "string", default: "16384" },
    milliseconds: { type: "string", default: "10" },
  },
});
const { observationSpace, actionSpace } = make("CartPole-v1");
const options = { envs: COPIES, rolloutSteps: 128, minibatchSize: 256, epochs: 4 };
const config = { algorithm: "ppo", seed: 0, steps: Number(values.steps), options };

const local = train({ ...config, env: () => make("CartPole-v1") });
for (const _ of local);

const rounds = [];
for (let round = 1; round <= Number(values.rounds); round++) {
  const load = loadavg()[0];
  const requested = await overHttp({ requestResets: true });
  const sentAlong = await overHttp({ requestResets: false });
  rounds.push({ requested, sentAlong, load });
  console.log(
    `round ${round}: ${shown(sentAlong)}; with a request for each reset ${shown(requested)}; load ${load.toFixed(1)}`,
  );
}
const stepsPerSecond = median(rounds.map(({ sentAlong }) => sentAlong.stepsPerSecond));
const withRequests = median(rounds.map(({ requested }) => requested.stepsPerSecond));
const reached = stepsPerSecond >= AT_LEAST;
console.log(
  `\n${COPIES} copies on a server that answers in ${values.milliseconds} ms: ${Math.round(stepsPerSecond)} steps/s ` +
    `(at least ${AT_LEAST}: ${reached ? "reached" : "MISSED"}), with a request for each reset ${Math.round(withRequests)}`,
);
const result = {
  bench: "async",
  ...values,
  copies: COPIES,
  seed: config.seed,
  commit: commit(),
  machine: machine(),
  rounds,
  stepsPerSecond,
  withRequests,
  atLeast: AT_LEAST,
  reached,
};
writeFileSync(fileURLToPath(new URL("results.json", import.meta.url)), `${JSON.stringify(result, null, 1)}\n`);

function shown({ stepsPerSecond, cpuShare }) {
  return `${Math.round(stepsPerSecond)} steps/s (${Math.round(100 * cpuShare)} % of a core)`;
}

/** Steps per second, and the processor time of this process per second. */
async function overHttp({ requestResets }) {
  const program = fileURLToPath(new URL("server.mjs", import.meta.url));
  const server = spawn(process.execPath, [program, values.milliseconds], { stdio: ["ignore", "pipe", "inherit"] });
  const agent = new Agent({ keepAlive: true, maxSockets: COPIES });
  try {
    const [port] = await once(server.stdout, "data");
    let copies = 0;
    const run = train({ ...config, env: () => remote({ agent, port: Number(port), copy: copies++, requestResets }) });
    const start = performance.now();
    const before = process.cpuUsage();
    for await (const _ of run);
    const seconds = (performance.now() - start) / 1000;
    const { user, system } = process.cpuUsage(before);
    if (run.result().weightsSha256 !== local.result().weightsSha256) throw new Error("HTTP has changed the weights");
    return { stepsPerSecond: run.result().steps / seconds, cpuShare: (user + system) / 1e6 / seconds };
  } finally {
    agent.destroy();
    server.kill();
  }
}

function remote({ agent, port, copy, requestResets }) {
  let next;
  const ask = (question) =>
    new Promise((resolve, reject) => {
      const sent = request({ agent, port, host: "127.0.0.1", method: "POST" }, (response) => {
        let text = "";
        response.setEncoding("utf8");
        response.on("data", (chunk) => (text += chunk));
        response.on("error", reject);
        response.on("end", () => {
          const answer = JSON.parse(text);
          next = answer.next && { observation: Float32Array.from(answer.next), info: {} };
          resolve({ ...answer, observation: Float32Array.from(answer.observation) });
        });
      });
      sent.on("error", reject);
      sent.end(JSON.stringify({ copy, ...question }));
    });
  return {
    asynchronous: true,
    answerWithin: 5000,
    observationSpace,
    actionSpace,
    async reset({ seed } = {}) {
      if (seed === undefined && next !== undefined) return next;
      return ask({ seed: seed?.toString() });
    },
    step: (action) => ask({ action, sendNext: !requestResets }),
  };
}
