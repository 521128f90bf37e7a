/** Addresses of queues: `redis://…`, `rediss://…` (with TLS), `postgres://…`. They hold passwords, so they are shown without. */

import { ConfigError } from "../../errors.js";

export interface QueueAddress {
  readonly store: "redis" | "postgres";
  readonly url: string;
  /** The address without its password, for messages. */
  readonly shown: string;
  /** A text with the password, in any of its spellings, replaced by ***. */
  redact(text: string): string;
}

const STORES: Readonly<Record<string, QueueAddress["store"]>> = {
  "redis:": "redis",
  "rediss:": "redis",
  "postgres:": "postgres",
  "postgresql:": "postgres",
};

const ALLOWED =
  "redis://host:6379, rediss://user:password@host:6379 (with TLS) or postgres://user:password@host:5432/database";

/** @throws ConfigError for a bare host, or another scheme. It never shows the password */
export function readQueueAddress(text: string, field = "queue"): QueueAddress {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const store = url === undefined ? undefined : STORES[url.protocol];
  if (url === undefined || store === undefined || url.hostname === "")
    throw new ConfigError({ field, given: text.replace(/:[^:@/]*@/, ":***@"), allowed: ALLOWED });
  const secrets = [...new Set([url.password, decoded(url.password)])].filter((secret) => secret !== "");
  const redact = (message: string): string => secrets.reduce((rest, secret) => rest.replaceAll(secret, "***"), message);
  const plain = new URL(text);
  if (plain.password !== "") plain.password = "***";
  return { store, url: text, shown: plain.href, redact };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
