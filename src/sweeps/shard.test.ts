import { describe, expect, it } from "vitest";
import { parseShard, shardOf } from "./shard.js";

describe("a shard", () => {
  it("is every third run of three shards, and together they are all", () => {
    expect(shardOf(["a", "b", "c", "d", "e"], parseShard("2/3"))).toEqual(["b", "e"]);
    expect([1, 2, 3].flatMap((part) => shardOf([0, 1, 2, 3, 4], { part, of: 3 })).sort()).toEqual([0, 1, 2, 3, 4]);
  });

  it.each(["0/3", "4/3", "1", "1/0", "-1/3", "1/3/2", "a/b"])("is not %s", (text) => {
    expect(() => parseShard(text)).toThrow(/shard: got "[^"]*", allowed is a part and their number, such as 3\/16/);
  });
});
