/**
 * Processes on one core that take turns: each answers a line by a line of JSON, and waits while the others work. So a
 * slow moment of the machine meets all of them, and none pays for its start or its compiler.
 */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { pinned } from "./race.mjs";

/** Starts a contestant, { name, command, env?, cores? }, on one core unless `cores` says more. */
export function start({ name, command, env, cores = 1 }) {
  const [program, ...words] = cores === 1 ? pinned(command) : command;
  const child = spawn(program, words, { env: { ...process.env, ...env }, stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`${name} has ended`);
    return JSON.parse(value);
  };
  return {
    name,
    answer,
    ask(line) {
      child.stdin.write(`${line}\n`);
      return answer();
    },
    end: () => child.stdin.end(),
  };
}

/** The list, begun at another place each round. */
export const rotated = (list, by) => [...list.slice(by % list.length), ...list.slice(0, by % list.length)];
