import { appendFileSync, mkdtempSync, realpathSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { cursorIn, readSlice } from "./log-slice.js";
import type { Place } from "./open-file.js";

const LOG = "metrics.jsonl";
let place: Place;
let path: string;
beforeEach(() => {
  place = { path: realpathSync(mkdtempSync(join(tmpdir(), "ascent-slice-"))), name: "runs/x" };
  path = join(place.path, LOG);
});

/** A reader that comes back with its cursor. */
function reader() {
  let next: string | undefined;
  return () => {
    const slice = readSlice(place, LOG, next === undefined ? undefined : cursorIn(next));
    next = slice.next;
    return { text: slice.bytes.toString(), replaced: slice.replaced, left: slice.left };
  };
}

describe("a log that is read piece by piece", () => {
  it("is empty while there is none", () => {
    const read = reader();
    expect(read()).toEqual({ text: "", replaced: false, left: 0 });
    expect(read()).toEqual({ text: "", replaced: false, left: 0 });
    writeFileSync(path, "a\n");
    expect(read()).toEqual({ text: "a\n", replaced: false, left: 0 });
  });

  it("is told by whole lines, and half a line when it is whole", () => {
    const read = reader();
    writeFileSync(path, "one\ntw");
    expect(read()).toEqual({ text: "one\n", replaced: false, left: 2 });
    expect(read()).toEqual({ text: "", replaced: false, left: 2 });
    appendFileSync(path, "o\n");
    expect(read()).toEqual({ text: "two\n", replaced: false, left: 0 });
  });

  it("is told from its start when it was cut, replaced, or cut and has grown again", () => {
    const read = reader();
    writeFileSync(path, "one\ntwo\nthree\n");
    read();
    truncateSync(path, 4);
    expect(read()).toEqual({ text: "one\n", replaced: true, left: 0 });
    writeFileSync(path, "uno\ndue\n");
    expect(read()).toEqual({ text: "uno\ndue\n", replaced: true, left: 0 });
    truncateSync(path, 4);
    appendFileSync(path, "DUE\ntre\n");
    expect(read()).toEqual({ text: "uno\nDUE\ntre\n", replaced: true, left: 0 });
    rmSync(path);
    expect(read()).toEqual({ text: "", replaced: true, left: 0 });
  });

  it("goes on where it was cut and has the same lines again, as a resumed run writes them", () => {
    const read = reader();
    writeFileSync(path, "one\ntwo\n");
    read();
    truncateSync(path, 4);
    appendFileSync(path, "two\nthree\n");
    expect(read()).toEqual({ text: "three\n", replaced: false, left: 0 });
  });

  it("comes in pieces of a mebibyte at most", () => {
    const line = `${"x".repeat(99_999)}\n`;
    writeFileSync(path, line.repeat(25));
    const read = reader();
    const pieces = [read(), read(), read()];
    expect(pieces.map(({ text }) => text.length)).toEqual([1_000_000, 1_000_000, 500_000]);
    expect(pieces.map(({ left }) => left)).toEqual([1_500_000, 500_000, 0]);
  });

  it("may have a line of some mebibytes, and is given up where one has more than 4", () => {
    const long = `${"x".repeat(3e6)}\n`;
    writeFileSync(path, `${long}${"y".repeat(2 ** 22)}\n`);
    const read = reader();
    expect(read().text).toBe(long);
    expect(read).toThrow("runs/x/metrics.jsonl: has a line of more than 4194304 bytes");
  });

  it("goes through its parts as through one", () => {
    writeFileSync(path, "a\nb\n");
    writeFileSync(join(place.path, "metrics-2.jsonl"), "c\n");
    const read = reader();
    expect(read()).toEqual({ text: "a\nb\n", replaced: false, left: 2 });
    expect(read()).toEqual({ text: "c\n", replaced: false, left: 0 });
    writeFileSync(join(place.path, "metrics-3.jsonl"), "d\n");
    expect(read()).toEqual({ text: "d\n", replaced: false, left: 0 });
  });

  it("leaves half a line at the end of a part behind when the next part is there", () => {
    writeFileSync(path, "a\nhalf");
    const read = reader();
    read();
    writeFileSync(join(place.path, "metrics-2.jsonl"), "c\n");
    expect(read()).toEqual({ text: "c\n", replaced: false, left: 0 });
  });
});

describe("a cursor", () => {
  it.each(["", "1", "-1-0123456789abcdef", "1-0123456789ABCDEF", "1e3-0123456789abcdef", "1-0123456789abcdef0"])(
    "is not %j",
    (text) => expect(cursorIn(text)).toBeUndefined(),
  );
});
