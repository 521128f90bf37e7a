/** Which queues are refused, and that no message shows a password. Needs redis-server or PostgreSQL; says so otherwise. */

import { afterAll, describe, expect, it } from "vitest";
import { readQueueAddress } from "../src/node/queue/address.js";
import { openStore } from "../src/node/queue/store.js";
import { postgresPrograms, redisProgram, type Server, startPostgres, startRedis } from "./servers.js";

const PASSWORD = "p@ss w/rd";

const servers: Server[] = [];
afterAll(() => Promise.all(servers.map((server) => server.close())));

function kept(server: Server): Server {
  servers.push(server);
  return server;
}

/** A test of a store that keeps files for whoever knows its password, and refuses a wrong one without showing it. */
function keepsFiles(start: (password: string) => Promise<Server>, refusal: RegExp): () => Promise<void> {
  return async () => {
    const server = kept(await start(PASSWORD));
    const store = await openStore(readQueueAddress(server.url));
    const depot = await store.depot();
    await depot.put("a", "one", Uint8Array.of(1, 0, 255));
    expect(Uint8Array.from((await depot.get("a", "one")) as Uint8Array)).toEqual(Uint8Array.of(1, 0, 255));
    expect(await depot.list("a")).toEqual(["one"]);
    await depot.remove("a");
    expect(await depot.get("a", "one")).toBeUndefined();
    await depot.close();

    const wrong = server.url.replace(encodeURIComponent(PASSWORD), "wr%40ng");
    const error = await openStore(readQueueAddress(wrong)).catch((found: Error) => found.message);
    expect(error).toMatch(refusal);
    expect(error).not.toMatch(/wr@ng|wr%40ng/);
  };
}

describe.skipIf(redisProgram() === undefined)("Redis as a queue", () => {
  it("is opened with the password of its address, and keeps files", keepsFiles(startRedis, /WRONGPASS|invalid/i));

  it("is refused if it evicts keys, which would lose runs", async () => {
    const server = kept(await startRedis(PASSWORD, ["--maxmemory", "50mb", "--maxmemory-policy", "allkeys-lru"]));
    await expect(openStore(readQueueAddress(server.url))).rejects.toThrow(
      /a Redis with maxmemory-policy noeviction; this one has allkeys-lru/,
    );
  });
});

describe.skipIf(postgresPrograms() === undefined)("PostgreSQL as a queue", () => {
  it(
    "is opened with the password of its address, and keeps files",
    keepsFiles(startPostgres, /password authentication failed/),
  );
});

describe("the address of a queue", () => {
  it("is refused without a scheme, which would mean this very machine", () => {
    expect(() => readQueueAddress("queue.example.org:6379")).toThrow(
      /queue: got "queue.example.org:6379", allowed is redis:/,
    );
    expect(() => readQueueAddress("http://host")).toThrow(/allowed is redis:/);
    expect(() => readQueueAddress("me:secret@host")).toThrow(/me:\*\*\*@host/);
  });

  it("is shown without its password", () => {
    const { shown, redact } = readQueueAddress("rediss://me:p%40ss@host:6379/2");
    expect(shown).toBe("rediss://me:***@host:6379/2");
    expect(redact("no p@ss, no p%40ss")).toBe("no ***, no ***");
  });
});
