// The depot for storage with the protocol of S3, against moto's server, which checks signatures: files come and go under a prefix,
// and a wrong key, a wrong secret and a missing bucket are errors that show no secret.
//
//   python3 -m venv .venv && .venv/bin/pip install 'moto[server]'
//   node bench/sweeps/s3.mjs [--server .venv/bin/moto_server]
import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { AwsClient } from "aws4fetch";
import { startSweep } from "../../dist/node/index.js";
import { s3Depot } from "../../dist/node/queue/depots/s3-depot.js";
import { fetchRun, storeRun } from "../../dist/node/queue/run-files.js";
import { planSweep } from "../../dist/sweeps/index.js";
import { freePort, listening } from "../servers.mjs";
import { digest } from "./digests.mjs";

const { values } = parseArgs({ options: { server: { type: "string", default: ".venv/bin/moto_server" } } });
const port = await freePort();
const endpoint = `http://127.0.0.1:${port}`;
// The requests that make the user and the bucket are let in without a key.
const env = { ...process.env, INITIAL_NO_AUTH_ACTION_COUNT: "4" };
const server = spawn(values.server, ["-H", "127.0.0.1", "-p", String(port)], { env, stdio: "ignore" });
process.once("exit", () => server.kill("SIGKILL"));
await listening(port, () => server.exitCode === null);

const root = new AwsClient({ accessKeyId: "root", secretAccessKey: "root", region: "us-east-1", service: "iam" });
async function iam(action, fields = {}) {
  const body = new URLSearchParams({ Action: action, Version: "2010-05-08", UserName: "worker", ...fields });
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const response = await root.fetch(`${endpoint}/`, { method: "POST", headers, body: body.toString() });
  ok(response.ok, `${action}: ${response.status}`);
  return response.text();
}
await iam("CreateUser");
const allow = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }] };
await iam("PutUserPolicy", { PolicyName: "s3", PolicyDocument: JSON.stringify(allow) });
const made = await iam("CreateAccessKey");
const [, id] = /<AccessKeyId>(.*?)</.exec(made);
const [, secret] = /<SecretAccessKey>(.*?)</.exec(made);
const bucket = new AwsClient({ accessKeyId: id, secretAccessKey: secret, region: "us-east-1", service: "s3" });
equal((await bucket.fetch(`${endpoint}/runs`, { method: "PUT" })).status, 200);

const account = { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret, AWS_ENDPOINT_URL: endpoint };
const open = (address, changes = {}) => s3Depot(address, { ...account, ...changes });
const checks = [];
async function check(name, work) {
  const began = performance.now();
  await work();
  checks.push({ name, milliseconds: Math.round(performance.now() - began) });
  console.error(name);
}

const place = mkdtempSync(join(tmpdir(), "ascent-s3-"));
try {
  await check("files are put, listed, got and removed under a prefix", async () => {
    const depot = await open("s3://runs/team/ascent");
    const bytes = Uint8Array.of(1, 0, 255, 10);
    await depot.put("a", "one", bytes);
    await depot.put("a", "weights-of.host-7", bytes);
    await depot.put("ab", "other", bytes);
    deepEqual((await depot.list("a")).sort(), ["one", "weights-of.host-7"]);
    deepEqual(await depot.get("a", "one"), bytes);
    equal(await depot.get("a", "none"), undefined);
    deepEqual(await (await open("s3://runs")).list("team/ascent/a"), await depot.list("a"));
    await depot.remove("a");
    deepEqual(await depot.list("a"), []);
    deepEqual(await depot.list("ab"), ["other"]);
    await depot.remove("ab");
    await depot.remove("never");
  });
  await check("a run comes back as it was", async () => {
    const plan = planSweep({ env: "CartPole-v1", episodes: 20, seeds: 1 });
    const sweep = startSweep(plan, { out: join(place, "sweep"), jobs: 1 });
    for await (const _ of sweep);
    const from = join(sweep.folder, "runs", sweep.runs[0].id);
    const depot = await open("s3://runs");
    await storeRun(depot, "run", from, Number.POSITIVE_INFINITY);
    ok(await fetchRun(depot, "run", join(place, "back")));
    for (const name of ["checkpoint.safetensors", "metrics.jsonl", "outcome.json", "run.json"])
      equal(digest(join(place, "back", name)), digest(join(from, name)), name);
    await depot.remove("run");
    equal(await fetchRun(depot, "run", join(place, "back")), false);
  });
  await check("a prefix may have spaces and ampersands", async () => {
    const depot = await open("s3://runs/my runs & more");
    await depot.put("a", "one", Uint8Array.of(7));
    deepEqual(await depot.list("a"), ["one"]);
    deepEqual(await depot.get("a", "one"), Uint8Array.of(7));
    await depot.remove("a");
    deepEqual(await depot.list("a"), []);
  });
  const free = await freePort();
  const refused = {
    "an unknown key": ["s3://runs", { AWS_ACCESS_KEY_ID: "AKIAWRONGWRONGWRONG0" }, /403 \(InvalidAccessKeyId\)/],
    "a wrong secret": ["s3://runs", { AWS_SECRET_ACCESS_KEY: "not/the+secret" }, /403 \(SignatureDoesNotMatch\)/],
    "a missing bucket": ["s3://nowhere", {}, /s3:\/\/nowhere: there is no such bucket/],
    "a silent address": ["s3://runs", { AWS_ENDPOINT_URL: `http://127.0.0.1:${free}` }, /no answer .*ECONNREFUSED/],
  };
  for (const [name, [address, changes, expected]] of Object.entries(refused)) {
    await check(`${name} is refused at once, and the message has no secret`, () =>
      rejects(open(address, changes), ({ message }) => {
        match(message, expected);
        ok(!message.includes(secret) && !message.includes("not/the+secret"));
        return true;
      }),
    );
  }
  await check("variables that are missing are named", async () => {
    await rejects(() => s3Depot("s3://runs", {}), /AWS_ACCESS_KEY_ID/);
    await rejects(() => s3Depot("s3://runs", { AWS_ACCESS_KEY_ID: id }), /AWS_SECRET_ACCESS_KEY/);
  });
  console.log(JSON.stringify({ checks, node: process.version }, null, 2));
} finally {
  server.kill("SIGKILL");
  rmSync(place, { recursive: true, force: true });
}
