/**
 * `node bench/async/server.mjs MILLISECONDS`: an HTTP server with a CartPole for each copy. To a client that
 * sends `sendNext`, the answer to the last step of an episode holds the first observation of the next one. It prints its port.
 */
import { createServer } from "node:http";
import { make } from "../../dist/index.js";

const milliseconds = Number(process.argv[2]);
const copies = new Map();

const server = createServer(async (request, response) => {
  let text = "";
  for await (const chunk of request) text += chunk;
  const answer = answerTo(JSON.parse(text));
  setTimeout(() => response.end(answer), milliseconds);
});
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => console.log(server.address().port));

function answerTo({ copy, seed, action, sendNext }) {
  if (!copies.has(copy)) copies.set(copy, make("CartPole-v1"));
  const env = copies.get(copy);
  const result = action === undefined ? env.reset(seed === undefined ? {} : { seed: BigInt(seed) }) : env.step(action);
  const over = result.terminated || result.truncated;
  const next = over && sendNext ? [...env.reset().observation] : undefined;
  return JSON.stringify({ ...result, observation: [...result.observation], next });
}
