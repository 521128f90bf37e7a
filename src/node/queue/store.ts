/** A queue's store: Redis or PostgreSQL, by BullMQ. It is asked once whether it can be trusted with runs. */

import type { Processor, Queue, QueueOptions, Worker, WorkerOptions } from "bullmq";
import type { Redis } from "ioredis";
import { ConfigError } from "../../errors.js";
import { importPeer } from "../../peers.js";
import type { QueueAddress } from "./address.js";
import type { Depot } from "./depots/depot.js";
import { postgresDepot } from "./depots/postgres-depot.js";
import { redisDepot } from "./depots/redis-depot.js";

/** Seconds in which a store has to answer at the start. */
const ANSWER_SECONDS = 10;
/** How often a command of a Redis that is away waits for another connection, before it fails. */
const RETRIES = 1;
/** Milliseconds between two connections that are tried, at most. BullMQ would wait for up to 20 s. */
const LONGEST_RETRY_MS = 2000;
/** Milliseconds after which a worker asks again for a job. BullMQ's 15 s would keep a program that ends waiting. */
const ASK_AGAIN_MS = 1000;
/** Milliseconds in which Redis has to confirm the end of a connection. A program that ends waits for that. */
const DISCONNECT_MS = 500;

export interface Store {
  readonly address: QueueAddress;
  /** Whether it answers within some seconds, on a connection of its own. */
  answers(seconds: number): Promise<boolean>;
  /** An outage doesn't end the program: whoever asks such a queue gets the error. */
  queue<Data, Result>(name: string): Queue<Data, Result>;
  worker<Data, Result>(
    name: string,
    processor: Processor<Data, Result>,
    options: Omit<WorkerOptions, "connection">,
  ): Worker<Data, Result>;
  /** A depot of files in the store itself. */
  depot(): Promise<Depot>;
}

/**
 * Connects once, and refuses what would lose runs: a store that doesn't answer within 10 s, a wrong password, a Redis that
 * evicts keys.
 *
 * @throws ConfigError that never shows the password
 */
export async function openStore(address: QueueAddress): Promise<Store> {
  try {
    return address.store === "redis" ? await openRedis(address) : await openPostgres(address);
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    throw refused(address, (error as Error).message || String((error as { code?: unknown }).code));
  }
}

function refused({ shown, redact }: QueueAddress, why: string): ConfigError {
  const allowed = `a queue that answers within ${ANSWER_SECONDS} s; this one did not: ${redact(why)}`;
  return new ConfigError({ field: "queue", given: shown, allowed });
}

/** Completed events hold whole results, and Redis would keep 10,000 of them. */
const STREAMS: NonNullable<QueueOptions["streams"]> = { events: { maxLen: 100 } };

async function openRedis(address: QueueAddress): Promise<Store> {
  const { Queue, Worker } = await importPeer("bullmq", "queue", () => import("bullmq"));
  const { Redis } = await importPeer("ioredis", "queue", () => import("ioredis"));
  const retryStrategy = (times: number): number => Math.min(250 * times, LONGEST_RETRY_MS);
  const connection = { url: address.url, disconnectTimeout: DISCONNECT_MS, retryStrategy };
  const connect = (maxRetriesPerRequest: number | null = null) =>
    new Redis(address.url, { lazyConnect: true, maxRetriesPerRequest, disconnectTimeout: DISCONNECT_MS });
  await checkRedis(connect(), address, ANSWER_SECONDS);
  return {
    address,
    answers: (seconds) => succeeds(checkRedis(connect(), address, seconds)),
    queue: <Data, Result>(name: string) =>
      quiet(
        new Queue<Data, Result>(name, {
          connection: { ...connection, maxRetriesPerRequest: RETRIES },
          streams: STREAMS,
        }),
      ),
    worker: <Data, Result>(
      name: string,
      processor: Processor<Data, Result>,
      options: Omit<WorkerOptions, "connection">,
    ) =>
      new Worker<Data, Result>(name, processor, {
        runRetryDelay: ASK_AGAIN_MS,
        ...options,
        connection: { ...connection, maxRetriesPerRequest: null },
      }),
    async depot() {
      const client = connect(RETRIES);
      // Without a listener, an outage would end the process; whoever asks gets the error.
      client.on("error", () => {});
      await client.connect();
      return redisDepot(client, address.shown);
    },
  };
}

/** Without a listener, the error of a connection would end the process. */
function quiet<Data, Result>(queue: Queue<Data, Result>): Queue<Data, Result> {
  queue.on("error", () => undefined);
  return queue;
}

/** Waits for a Redis that is still starting, but not for one that refuses the password. */
async function checkRedis(client: Redis, address: QueueAddress, seconds: number): Promise<void> {
  let last = "no answer";
  const answered = new Promise<void>((resolve, reject) => {
    client.on("error", (error: Error & { code?: string }) => {
      last = error.message || (error.code ?? last);
      if (/WRONGPASS|NOAUTH|NOPERM|invalid username-password|Client sent AUTH/i.test(last))
        reject(refused(address, last));
    });
    client.on("ready", () => resolve());
  });
  try {
    client.connect().catch(() => {});
    await within(seconds, answered, () => refused(address, last));
    const policy = /maxmemory_policy:(\S+)/.exec(await client.info("memory"))?.[1];
    if (policy !== undefined && policy !== "noeviction") {
      const allowed = `a Redis with maxmemory-policy noeviction; this one has ${policy}, which drops runs when memory is full`;
      throw new ConfigError({ field: "queue", given: address.shown, allowed });
    }
  } finally {
    client.disconnect();
  }
}

async function openPostgres(address: QueueAddress): Promise<Store> {
  const { createPostgresBackend, withBackend } = await importPeer("bullmq", "queue", () => import("bullmq"));
  const { default: pg } = await importPeer("pg", "queue", () => import("pg"));
  const connect = () => {
    const pool = new pg.Pool({ connectionString: address.url, max: 1, connectionTimeoutMillis: ANSWER_SECONDS * 1000 });
    pool.on("error", () => {});
    return pool;
  };
  await checkPostgres(connect, address, ANSWER_SECONDS);
  const connection = { connectionString: address.url, migrate: true, max: 2 };
  const bound = withBackend(createPostgresBackend);
  return {
    address,
    answers: (seconds) => succeeds(checkPostgres(connect, address, seconds)),
    queue: <Data, Result>(name: string) =>
      quiet(new bound.Queue<Data, Result>(name, { connection, streams: STREAMS }) as unknown as Queue<Data, Result>),
    worker: <Data, Result>(
      name: string,
      processor: Processor<Data, Result>,
      options: Omit<WorkerOptions, "connection">,
    ) =>
      new bound.Worker<Data, Result>(name, processor, {
        runRetryDelay: ASK_AGAIN_MS,
        ...options,
        connection,
      }) as unknown as Worker<Data, Result>,
    depot: () => postgresDepot(connect(), address.shown),
  };
}

async function checkPostgres(connect: () => import("pg").Pool, address: QueueAddress, seconds: number): Promise<void> {
  const deadline = performance.now() + seconds * 1000;
  for (;;) {
    const pool = connect();
    try {
      await within((deadline - performance.now()) / 1000, pool.query("SELECT 1"), () => refused(address, "no answer"));
      return;
    } catch (error) {
      // A server that is still starting refuses connections (ECONNREFUSED, 57P03); everything else stays as it is.
      const { code = "" } = error as { code?: string };
      if (!["ECONNREFUSED", "57P03"].includes(code) || performance.now() + 500 > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 500));
    } finally {
      void pool.end();
    }
  }
}

function succeeds(work: Promise<void>): Promise<boolean> {
  return work.then(
    () => true,
    () => false,
  );
}

/** The result of some work, or an error where it takes longer. */
function within<T>(seconds: number, work: Promise<T>, late: () => Error): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late()), Math.max(0, seconds * 1000));
  });
  return Promise.race([work, limit]).finally(() => clearTimeout(timer));
}
