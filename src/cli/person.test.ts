import { PassThrough } from "node:stream";
import { expect, it, vi } from "vitest";
import { Person } from "./person.js";

const a = { prompt: "the film was", response: " warm." };
const b = { prompt: "the film was", response: " dull." };

it("shows two responses and reads which is better, asking again for other words", async () => {
  const input = new PassThrough();
  let said = "";
  const person = new Person(input, { write: (text) => (said += text) });
  person.listen(() => false);
  input.write("what?\nA\n");
  expect(await person.judge(a, b)).toBe(0);
  expect(said).toContain("1.  A  the film was warm.");
  expect(said).toContain('"what?" is neither');
  input.write("2\n");
  expect(await person.judge(a, b)).toBe(1);
  expect(said).toContain("2.  A  ");
  person.leave();
});

it("gives no answer when the run was interrupted, and ends the run when nobody can answer any more", async () => {
  const stopped = new Person(new PassThrough(), { write: () => {} });
  stopped.listen(() => true);
  expect(await stopped.judge(a, b)).toBeUndefined();

  const kill = vi.spyOn(process, "kill").mockReturnValue(true);
  const input = new PassThrough();
  let said = "";
  const gone = new Person(input, { write: (text) => (said += text) });
  gone.listen(() => false);
  input.end();
  expect(await gone.judge(a, b)).toBeUndefined();
  expect(await gone.judge(a, b)).toBeUndefined();
  expect(said.match(/Which is better/g)).toHaveLength(1);
  expect(said).toContain("no more input");
  expect(kill).toHaveBeenCalledWith(process.pid, "SIGTERM");
  kill.mockRestore();
});
