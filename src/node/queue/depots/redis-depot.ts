/** A depot in the Redis of the queue: a hash for each run. Redis keeps it in memory, so a run may bring only small files. */

import type { Redis } from "ioredis";
import type { Depot } from "./depot.js";

export function redisDepot(client: Redis, shown: string): Depot {
  const key = (run: string): string => `ascent:files:${run}`;
  return {
    shown,
    async put(run, name, bytes) {
      await client.hset(key(run), name, Buffer.from(bytes));
    },
    async get(run, name) {
      return (await client.hgetBuffer(key(run), name)) ?? undefined;
    },
    list: (run) => client.hkeys(key(run)),
    async remove(run) {
      await client.del(key(run));
    },
    async close() {
      client.disconnect();
    },
  };
}
