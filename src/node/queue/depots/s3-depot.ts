/**
 * A depot in storage that speaks the protocol of Amazon S3, such as MinIO, Ceph or R2. The address is
 * `s3://bucket/prefix`; the key, the region and another endpoint come from the usual variables: AWS_ACCESS_KEY_ID,
 * AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_REGION, AWS_ENDPOINT_URL.
 */

import { ConfigError } from "../../../errors.js";
import { importPeer } from "../peers.js";
import type { Depot } from "./depot.js";

type Environment = Readonly<Record<string, string | undefined>>;

/** @throws ConfigError naming what is missing */
export async function s3Depot(address: string, env: Environment = process.env): Promise<Depot> {
  const { hostname: bucket, pathname } = new URL(address);
  const prefix = pathname.replace(/^\/+|\/+$/g, "");
  const { AwsClient } = await importPeer("aws4fetch", "files", () => import("aws4fetch"));
  const region = env.AWS_REGION ?? "us-east-1";
  const endpoint = env.AWS_ENDPOINT_URL ?? `https://s3.${region}.amazonaws.com`;
  const sessionToken = env.AWS_SESSION_TOKEN;
  const client = new AwsClient({
    accessKeyId: required(env, "AWS_ACCESS_KEY_ID"),
    secretAccessKey: required(env, "AWS_SECRET_ACCESS_KEY"),
    ...(sessionToken === undefined ? {} : { sessionToken }),
    region,
    service: "s3",
  });
  const root = `${endpoint.replace(/\/+$/, "")}/${bucket}`;
  const folder = (run: string): string => (prefix === "" ? `${run}/` : `${prefix}/${run}/`);
  const file = (run: string, name: string): string => `${root}/${folder(run)}${encodeURIComponent(name)}`;

  async function ask(method: string, url: string, body?: Uint8Array<ArrayBuffer>): Promise<Response> {
    const response = await client.fetch(url, { method, ...(body === undefined ? {} : { body }) });
    if (response.ok || response.status === 404) return response;
    const reason = /<Code>(.*?)<\/Code>/.exec(await response.text())?.[1] ?? response.statusText;
    throw new Error(`${address}: ${method} was refused with status ${response.status} (${reason})`);
  }

  async function list(run: string): Promise<string[]> {
    const query = new URLSearchParams({ "list-type": "2", prefix: folder(run) });
    const text = await (await ask("GET", `${root}?${query}`)).text();
    return Array.from(text.matchAll(/<Key>(.*?)<\/Key>/g), ([, key]) => key.slice(folder(run).length));
  }

  return {
    shown: address,
    async put(run, name, bytes) {
      const { status } = await ask("PUT", file(run, name), new Uint8Array(bytes));
      if (status === 404) throw new Error(`${address}: there is no such bucket`);
    },
    async get(run, name) {
      const response = await ask("GET", file(run, name));
      return response.status === 404 ? undefined : new Uint8Array(await response.arrayBuffer());
    },
    list,
    async remove(run) {
      for (const name of await list(run)) await ask("DELETE", file(run, name));
    },
    async close() {},
  };
}

function required(env: Environment, name: string): string {
  const value = env[name];
  if (value === undefined || value === "")
    throw new ConfigError({ field: "files", given: `no ${name}`, allowed: `s3://… with ${name} in the environment` });
  return value;
}
