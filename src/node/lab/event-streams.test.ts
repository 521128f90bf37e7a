import { EventEmitter } from "node:events";
import type { ServerResponse } from "node:http";
import { afterEach, expect, it, vi } from "vitest";
import type { LabChanges, LabRun } from "./answers.js";
import { Catalogue } from "./catalogue.js";
import { EventStreams } from "./event-streams.js";

afterEach(() => vi.useRealTimers());

/** A reader that takes what is written to it, or has it wait. */
class Reader extends EventEmitter {
  takes = true;
  readonly written: string[] = [];
  write(text: Buffer | string): boolean {
    this.written.push(text.toString());
    return this.takes;
  }
  end(text: string): void {
    this.written.push(text);
    this.emit("close");
  }
  get changes(): LabChanges[] {
    return this.written.flatMap((text) => {
      const [, data] = /^event: changes\ndata: (.*)$/m.exec(text) ?? [];
      return data === undefined ? [] : (JSON.parse(data) as LabChanges);
    });
  }
}

function put(catalogue: Catalogue, id: string, updates = 0): void {
  catalogue.put({ kind: "run", place: { path: id, name: id }, shown: { id, sweep: null, updates } as LabRun });
}

function opened(catalogue: Catalogue) {
  const streams = new EventStreams(catalogue);
  const open = (revision = 0): Reader => {
    const reader = new Reader();
    streams.open(reader as unknown as ServerResponse, revision);
    return reader;
  };
  return { streams, open };
}

it("a reader that takes nothing is sent no more, and then all that has changed at once", () => {
  const catalogue = new Catalogue();
  put(catalogue, "a");
  const { streams, open } = opened(catalogue);
  const reader = open();
  reader.takes = false;
  for (let i = 1; i <= 100; i++) {
    put(catalogue, "b", i);
    streams.tellAll();
  }
  expect(reader.changes.length).toBe(2);
  reader.takes = true;
  reader.emit("drain");
  expect(reader.changes.length).toBe(3);
  expect(reader.changes[2].runs).toMatchObject([{ id: "b", updates: 100 }]);
  streams.close();
});

it("more than a thousand runs come in several messages, each when the one before is taken", () => {
  const catalogue = new Catalogue();
  for (let i = 0; i < 2500; i++) put(catalogue, String(i));
  const { streams, open } = opened(catalogue);
  expect(open().changes.map(({ runs, more }) => [runs.length, more])).toEqual([
    [1000, true],
    [1000, true],
    [500, false],
  ]);
  streams.close();
});

it("begins where its reader is, says so even if nothing has changed, and shares its messages", () => {
  const catalogue = new Catalogue();
  put(catalogue, "a");
  const { streams, open } = opened(catalogue);
  const readers = [open(1), open(1)];
  expect(readers.map(({ changes }) => changes.map(({ runs, anew }) => [runs.length, anew]))).toEqual([
    [[0, false]],
    [[0, false]],
  ]);
  const since = vi.spyOn(catalogue, "since");
  put(catalogue, "b");
  streams.tellAll();
  expect(since).toHaveBeenCalledTimes(1);
  expect(readers.map(({ changes }) => changes[1].runs.length)).toEqual([1, 1]);
  streams.close();
});

it("gives a sign of life to readers that take it, and forgets those that have gone", () => {
  vi.useFakeTimers();
  const { streams, open } = opened(new Catalogue());
  const [one, other, gone] = [open(), open(), open()];
  other.emit("drain");
  gone.emit("close");
  expect(streams.count).toBe(2);
  vi.advanceTimersByTime(15_000);
  expect([one, other, gone].map(({ written }) => written.at(-1) === ":\n\n")).toEqual([true, true, false]);
  streams.close();
  expect(one.written.at(-1)).toBe("event: end\ndata: {}\n\n");
  expect(streams.count).toBe(0);
});
