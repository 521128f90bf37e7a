/**
 * A depot in storage that speaks the protocol of Amazon S3, such as MinIO, Ceph or R2. The address is
 * `s3://bucket/prefix`; the key, the region and another endpoint come from the usual variables: AWS_ACCESS_KEY_ID,
 * AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_REGION, AWS_ENDPOINT_URL.
 */

import { ConfigError } from "../../../errors.js";
import { importPeer } from "../../../peers.js";
import type { Depot } from "./depot.js";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Asks once whether the key may read the bucket: what is refused would be found out only at the end of a run.
 *
 * @throws ConfigError naming what is missing, or why the storage is refused. It never shows the key
 */
export async function s3Depot(address: string, env: Environment = process.env): Promise<Depot> {
  const { hostname: bucket, pathname } = new URL(address);
  const prefix = decodeURIComponent(pathname).replace(/^\/+|\/+$/g, "");
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
  const file = (run: string, name: string): string =>
    `${root}/${(folder(run) + name).split("/").map(encodeURIComponent).join("/")}`;

  /** The answer, or undefined where there is no such file. @throws Error */
  async function ask(method: string, url: string, body?: Uint8Array<ArrayBuffer>): Promise<Response | undefined> {
    const response = await client
      .fetch(url, { method, ...(body === undefined ? {} : { body }) })
      .catch((error: Error & { cause?: { code?: string } }) => {
        throw new Error(`${address}: no answer from ${endpoint} (${error.cause?.code ?? error.message})`);
      });
    if (response.ok) return response;
    const reason = /<Code>(.*?)<\/Code>/.exec(await response.text())?.[1] ?? response.statusText;
    if (reason === "NoSuchBucket") throw new Error(`${address}: there is no such bucket`);
    if (response.status === 404) return undefined;
    throw new Error(`${address}: ${method} was refused with status ${response.status} (${reason})`);
  }

  async function list(run: string): Promise<string[]> {
    // URLSearchParams would write a space as "+", which signatures don't know.
    const url = `${root}?list-type=2&prefix=${encodeURIComponent(folder(run))}`;
    const text = (await (await ask("GET", url))?.text()) ?? "";
    // Names have no slash and no character that XML escapes; the prefix may.
    return Array.from(text.matchAll(/<Key>(.*?)<\/Key>/g), ([, key]) => key.slice(key.lastIndexOf("/") + 1));
  }

  await list("none").catch((error: Error) => {
    throw new ConfigError({
      field: "files",
      given: address,
      allowed: `storage that this key may use (${error.message})`,
    });
  });
  return {
    shown: address,
    async put(run, name, bytes) {
      await ask("PUT", file(run, name), new Uint8Array(bytes));
    },
    async get(run, name) {
      const response = await ask("GET", file(run, name));
      return response && new Uint8Array(await response.arrayBuffer());
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
