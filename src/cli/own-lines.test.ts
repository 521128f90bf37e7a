import { expect, it } from "vitest";
import { ownLines } from "./own-lines.js";

it("are those of the cause that lie outside the package and Node", () => {
  const ours = new URL("../rollout/guarded-env.js", import.meta.url);
  const cause = new Error("no such square");
  cause.stack = [
    "Error: no such square",
    "    at step (file:///home/me/walk.ts:12:9)",
    `    at Guard.step (${ours}:50:3)`,
    `    at Guard.step (${ours.pathname}:50:3)`,
    "    at move (/home/me/board.ts:3:1)",
    "    at node:internal/process/task_queues:95:5",
  ].join("\n");
  const error = new Error("step() of the environment threw at step 3: no such square", { cause });
  expect(ownLines(error)).toEqual([
    "    at step (file:///home/me/walk.ts:12:9)",
    "    at move (/home/me/board.ts:3:1)",
  ]);
  expect(ownLines(new Error("without a cause"))).toEqual([]);
});
