import { expect, test } from "vitest";
import { EventText } from "./event-text.js";

test("events come out whole, in whatever pieces they came in", () => {
  const sent = ':\n\nid: 4\nevent: changes\ndata: {"a":"x: y"}\n\nevent: end\ndata: {}\n\ndata: half';
  for (const size of [1, 3, 7, 1000]) {
    const events = new EventText();
    const got = [];
    for (let at = 0; at < sent.length; at += size) got.push(...events.add(sent.slice(at, at + size)));
    expect(got).toEqual([
      { event: "changes", data: '{"a":"x: y"}' },
      { event: "end", data: "{}" },
    ]);
  }
});
