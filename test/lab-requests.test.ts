/**
 * What the server of the lab answers to requests of all kinds, byte by byte as they are sent. Every answer to the table has
 * the headers that keep other sites out.
 */

import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { LabChanges } from "../src/node/lab/answers.js";
import type { Lab } from "../src/node/lab/start-lab.js";
import { ask, json, line, newFolder, open, raw, recordText, serve, tokenOf, write } from "./lab-served.js";

const place = newFolder();
const runs = join(place, "runs");
let lab: Lab;
let run: string;
let sweep: string;

beforeAll(async () => {
  write(place, {
    "runs/one/run.json": recordText(),
    "runs/one/metrics.jsonl": line(1) + line(2),
    "runs/one/best.safetensors": "best",
    "runs/.git/config": "secret",
    "runs/one/notes.txt": "secret",
    "runs/study/study.json": JSON.stringify({
      study: { base: { algorithm: "ppo", env: "Pendulum-v1" }, space: {} },
      imports: [],
      goal: { rounds: 1 },
      rounds: 1,
      closed: false,
    }),
    "runs-secret/two/run.json": recordText(),
  });
  lab = await serve([runs]);
  for (;;) {
    const list = await json<LabChanges>(lab, "/data/runs");
    if (list.complete) {
      [run, sweep] = [list.runs[0].id, list.sweeps[0].id];
      break;
    }
  }
});
afterAll(() => lab.close());

/** What a line of the table stands for: `HOST` is the right name with the port, `TOKEN` the right header. */
function filled(text: string): string {
  return text
    .replaceAll("HOST", `127.0.0.1:${lab.port}`)
    .replaceAll("PORT", String(lab.port))
    .replaceAll("TOKEN", `Authorization: Bearer ${tokenOf(lab)}`)
    .replaceAll("SECRET", tokenOf(lab))
    .replaceAll("/RUN", `/data/runs/${run}`)
    .replaceAll("/SWEEP", `/data/sweeps/${sweep}`);
}

/** Lines of a request that has its end, and ends the connection. */
function request(...lines: readonly string[]): string {
  return filled([...lines, "Connection: close", "", ""].join("\r\n"));
}

const GET = "GET / HTTP/1.1";
const DATA = "GET /data/runs HTTP/1.1";
const HOST = "Host: HOST";

/** The lines of a request, and the status of its answer. */
const table: readonly (readonly [status: number, ...lines: readonly string[]])[] = [
  // The name.
  [200, GET, HOST],
  [200, GET, "Host: localhost:PORT"],
  [200, GET, "Host: LocalHost:PORT"],
  [200, GET, "Host: [::1]:PORT"],
  [200, GET, "hOsT:   HOST"],
  [400, GET],
  [400, "GET / HTTP/1.0"],
  [403, GET, "Host:"],
  [403, GET, "Host: evil.example"],
  [403, GET, "Host: evil.example:PORT"],
  [403, GET, "Host: 127.0.0.1.evil.example:PORT"],
  [403, GET, "Host: 127.0.0.1.nip.io:PORT"],
  [403, GET, "Host: localhost.:PORT"],
  [403, GET, "Host: localhost"],
  [403, GET, "Host: 127.0.0.1"],
  [403, GET, "Host: 127.0.0.1:1"],
  [403, GET, "Host: 127.0.0.1:PORT0"],
  [403, GET, "Host: 127.1:PORT"],
  [403, GET, "Host: 2130706433:PORT"],
  [403, GET, "Host: 0.0.0.0:PORT"],
  [403, GET, "Host: [::ffff:127.0.0.1]:PORT"],
  [403, GET, "Host: user@127.0.0.1:PORT"],
  [403, GET, "Host: HOST, evil.example"],
  [403, GET, "Host: HOST/evil"],
  [400, GET, HOST, HOST],
  [400, GET, HOST, "Host: evil.example"],
  [400, GET, "Host: evil.example", HOST],
  [403, DATA, "Host: evil.example:PORT", "TOKEN"],
  [403, "GET /data/events HTTP/1.1", "Host: evil.example:PORT", "TOKEN"],
  [403, "GET /assets/lab-1a2b.js HTTP/1.1", "Host: evil.example:PORT"],
  [403, "GET /nowhere HTTP/1.1", "Host: evil.example:PORT"],
  [403, "POST / HTTP/1.1", "Host: evil.example:PORT"],
  [403, "OPTIONS / HTTP/1.1", "Host: evil.example:PORT"],
  [403, GET, "Host: evil.example:PORT", "X-Forwarded-Host: HOST"],
  // The target.
  [400, "GET http://HOST/ HTTP/1.1", HOST],
  [400, "GET http://evil.example/ HTTP/1.1", HOST],
  [400, "OPTIONS * HTTP/1.1", HOST],
  [405, "CONNECT HOST HTTP/1.1", HOST],
  // The origin.
  [200, GET, HOST, "Origin: http://HOST"],
  [200, DATA, HOST, "TOKEN", "Origin: http://HOST", "Sec-Fetch-Site: same-origin"],
  [403, GET, HOST, "Origin: https://HOST"],
  [403, DATA, HOST, "TOKEN", "Origin: http://evil.example"],
  [403, DATA, HOST, "TOKEN", "Origin: null"],
  [403, DATA, HOST, "TOKEN", "Origin:"],
  [403, DATA, HOST, "TOKEN", "Origin: http://127.0.0.1:1"],
  [403, DATA, HOST, "TOKEN", "Origin: http://localhost:PORT"],
  [403, DATA, HOST, "TOKEN", "Origin: http://HOST.evil.example"],
  [400, DATA, HOST, "TOKEN", "Origin: http://HOST", "Origin: http://evil.example"],
  [403, DATA, HOST, "TOKEN", "Sec-Fetch-Site: cross-site"],
  [403, DATA, HOST, "TOKEN", "Sec-Fetch-Site: same-site"],
  [403, DATA, HOST, "TOKEN", "Sec-Fetch-Site: same-origin, cross-site"],
  [403, DATA, HOST, "TOKEN", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"],
  [200, GET, HOST, "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"],
  [403, GET, HOST, "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: iframe"],
  [403, GET, HOST, "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors", "Sec-Fetch-Dest: image"],
  [403, "GET /assets/lab-1a2b.js HTTP/1.1", HOST, "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors"],
  [200, GET, HOST, "Sec-Fetch-Site: none"],
  // The method.
  [200, "HEAD / HTTP/1.1", HOST],
  [200, "HEAD /data/runs HTTP/1.1", HOST, "TOKEN"],
  [200, "HEAD /data/events HTTP/1.1", HOST, "TOKEN"],
  [200, "HEAD /RUN/best HTTP/1.1", HOST, "TOKEN"],
  [405, "OPTIONS /data/runs HTTP/1.1", HOST, "Access-Control-Request-Method: GET"],
  [405, "POST /data/runs HTTP/1.1", HOST, "TOKEN", "Content-Length: 0"],
  [405, "PUT / HTTP/1.1", HOST, "Content-Length: 0"],
  [405, "DELETE /RUN HTTP/1.1", HOST, "TOKEN"],
  [405, "PATCH / HTTP/1.1", HOST],
  [405, "TRACE / HTTP/1.1", HOST],
  [405, "PROPFIND / HTTP/1.1", HOST],
  [400, "FETCH / HTTP/1.1", HOST],
  [400, "get / HTTP/1.1", HOST],
  // The token.
  [401, DATA, HOST],
  [401, DATA, HOST, "Authorization:"],
  [401, DATA, HOST, "Authorization: Bearer"],
  [401, DATA, HOST, "Authorization: Bearer 00000000000000000000000000000000"],
  [401, DATA, HOST, "Authorization: Bearer SECRET0"],
  [401, DATA, HOST, "Authorization: SECRET"],
  [401, DATA, HOST, "Authorization: bearer SECRET"],
  [401, DATA, HOST, "Cookie: token=SECRET"],
  [401, "GET /data/runs?token=SECRET HTTP/1.1", HOST],
  [401, "GET /data/events HTTP/1.1", HOST],
  [401, "GET /RUN/best HTTP/1.1", HOST],
  [401, "GET /data/nothing HTTP/1.1", HOST],
  [400, DATA, HOST, "TOKEN", "Authorization: Bearer 0"],
  [200, DATA, HOST, "TOKEN"],
  [404, "GET /open/00000000000000000000000000000000 HTTP/1.1", HOST],
  [404, "GET /open/SECRET HTTP/1.1", HOST],
  [404, "GET /open/ HTTP/1.1", HOST],
  // Pages.
  [200, "GET /index.html HTTP/1.1", HOST],
  [200, "GET /?anything HTTP/1.1", HOST],
  [200, "GET /assets/lab.css HTTP/1.1", HOST],
  [404, "GET /assets HTTP/1.1", HOST],
  [404, "GET /assets/ HTTP/1.1", HOST],
  [404, "GET /.env HTTP/1.1", HOST],
  [404, "GET /.git/config HTTP/1.1", HOST],
  [404, "GET /notes.md HTTP/1.1", HOST],
  [404, "GET /runs/one/run.json HTTP/1.1", HOST],
  [404, "GET /%69ndex.html HTTP/1.1", HOST],
  [404, "GET //index.html HTTP/1.1", HOST],
  [404, "GET /./index.html HTTP/1.1", HOST],
  [404, "GET /assets/../index.html HTTP/1.1", HOST],
  [404, "GET /../../../../etc/passwd HTTP/1.1", HOST],
  [404, "GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1", HOST],
  [404, "GET /..%2f..%2fetc%2fpasswd HTTP/1.1", HOST],
  [404, "GET /..%5c..%5cwindows HTTP/1.1", HOST],
  [404, "GET /%252e%252e%252fetc/passwd HTTP/1.1", HOST],
  [404, "GET //etc/passwd HTTP/1.1", HOST],
  [404, "GET /\\..\\..\\etc HTTP/1.1", HOST],
  [404, "GET /index.html%00.png HTTP/1.1", HOST],
  [400, "GET /index.html\0 HTTP/1.1", HOST],
  [404, "GET /% HTTP/1.1", HOST],
  [404, "GET /%ff HTTP/1.1", HOST],
  [404, "GET /__proto__ HTTP/1.1", HOST],
  [404, "GET /constructor HTTP/1.1", HOST],
  [404, `GET /${"a".repeat(4096)} HTTP/1.1`, HOST],
  [431, `GET /${"a".repeat(20_000)} HTTP/1.1`, HOST],
  // Data.
  [200, "GET /data/runs?after=0 HTTP/1.1", HOST, "TOKEN"],
  [200, "GET /data/runs?after=999999999999999 HTTP/1.1", HOST, "TOKEN"],
  [404, "GET /data/runs?after=-1 HTTP/1.1", HOST, "TOKEN"],
  [404, "GET /data/runs?after=1e9 HTTP/1.1", HOST, "TOKEN"],
  [404, "GET /data/runs?after=0&after=1 HTTP/1.1", HOST, "TOKEN"],
  [404, "GET /data/runs?folder=/etc HTTP/1.1", HOST, "TOKEN"],
  [200, "GET /RUN HTTP/1.1", HOST, "TOKEN"],
  [200, "GET /RUN/metrics HTTP/1.1", HOST, "TOKEN"],
  [200, "GET /RUN/evaluations HTTP/1.1", HOST, "TOKEN"],
  [200, "GET /RUN/best HTTP/1.1", HOST, "TOKEN"],
  [200, "GET /SWEEP HTTP/1.1", HOST, "TOKEN"],
  [200, "GET /SWEEP/legs HTTP/1.1", HOST, "TOKEN"],
  [404, "GET /SWEEP/results HTTP/1.1", HOST, "TOKEN"],
  [404, "GET /RUN/checkpoint HTTP/1.1", HOST, "TOKEN"],
  [404, "GET /RUN/metrics?after=5 HTTP/1.1", HOST, "TOKEN"],
  [404, "GET /RUN/metrics?after=../../x HTTP/1.1", HOST, "TOKEN"],
  [404, "GET /RUN/best?after=1 HTTP/1.1", HOST, "TOKEN"],
  [404, "GET /RUN/notes HTTP/1.1", HOST, "TOKEN"],
  [404, "GET /RUN/notes.txt HTTP/1.1", HOST, "TOKEN"],
  [404, "GET /RUN/../one/notes.txt HTTP/1.1", HOST, "TOKEN"],
  [404, "GET /RUN/%2e%2e/.git/config HTTP/1.1", HOST, "TOKEN"],
  [404, "GET /RUN/constructor HTTP/1.1", HOST, "TOKEN"],
  [404, "GET /RUN/metrics/ HTTP/1.1", HOST, "TOKEN"],
  [404, "GET /RUN/metrics%00 HTTP/1.1", HOST, "TOKEN"],
  [404, "GET /data/sweeps/0000000000000000 HTTP/1.1", HOST, "TOKEN"],
  [404, "GET /data/runs/one HTTP/1.1", HOST, "TOKEN"],
  [404, "GET /data/runs/../runs HTTP/1.1", HOST, "TOKEN"],
  [404, "GET /data/runs/__proto__ HTTP/1.1", HOST, "TOKEN"],
  [404, `GET ${join("/data/runs", place)}-secret/two HTTP/1.1`, HOST, "TOKEN"],
  [404, "GET /data/runs/..%2fruns-secret%2ftwo HTTP/1.1", HOST, "TOKEN"],
  [404, "GET /data HTTP/1.1", HOST, "TOKEN"],
  [404, "GET /data/ HTTP/1.1", HOST, "TOKEN"],
  // What is no proper HTTP, or asks for more of it.
  [400, "GET /", HOST],
  [400, "GET / HTTP/0.9", HOST],
  [400, "GET / HTTP/2.0", HOST],
  [400, "GET / HTTP/1.1 HTTP/1.1", HOST],
  [400, "\x16\x03\x01\x02", HOST],
  [400, GET, HOST, "No-Colon"],
  [400, GET, HOST, " folded: yes"],
  [400, GET, HOST, "Space : before"],
  [400, GET, HOST, "Content-Length: 5", "Transfer-Encoding: chunked"],
  [400, GET, HOST, "Content-Length: -1"],
  [400, GET, HOST, "Content-Length: 1", "Content-Length: 1"],
  [200, GET, HOST, "Transfer-Encoding: gzip"],
  [431, GET, HOST, `Huge: ${"a".repeat(20_000)}`],
  [431, GET, HOST, ...Array<string>(101).fill("A: b")],
  [431, GET, HOST, ...Array<string>(10_000).fill("A: b")],
  [200, GET, HOST, "Upgrade: websocket"],
  [200, GET, HOST, "Expect: 100-continue", "Content-Length: 0"],
  [200, GET, HOST, "Range: bytes=0-1"],
];

it("has a table of at least 80 requests", () => expect(table.length).toBeGreaterThanOrEqual(80));

it("answers every request of the table as it says, with the headers that keep other sites out", async () => {
  const answers = await Promise.all(table.map(([, ...lines]) => raw(lab, request(...lines))));
  const expected = table.map(([status, ...lines]) => `${status} ${lines.join(" | ").slice(0, 120)}`);
  const found = answers.map(({ status }, i) => `${status} ${table[i].slice(1).join(" | ").slice(0, 120)}`);
  expect(found).toEqual(expected);
  for (const { headers, body } of answers) {
    expect(headers["content-security-policy"]).toBe(
      "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; worker-src 'self'; connect-src 'self'; " +
        "img-src 'self' data: blob:; object-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    );
    expect(headers).toMatchObject({
      "x-content-type-options": "nosniff",
      "cross-origin-resource-policy": "same-origin",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-embedder-policy": "require-corp",
      "referrer-policy": "no-referrer",
    });
    expect(Object.keys(headers).filter((name) => /^access-control|^set-cookie|^server$/.test(name))).toEqual([]);
    expect(headers["cache-control"]).toBe(
      /html|javascript|css/.test(headers["content-type"]) ? "no-cache" : "no-store",
    );
    expect(body).not.toContain("secret");
    expect(body + JSON.stringify(headers)).not.toContain(tokenOf(lab));
  }
});

it("gives each answer its type, and no body to HEAD", async () => {
  const typeOf = async (target: string) => (await ask(lab, target)).headers["content-type"];
  expect(await typeOf("/")).toBe("text/html; charset=utf-8");
  expect(await typeOf("/assets/lab-1a2b.js")).toBe("text/javascript; charset=utf-8");
  expect(await typeOf("/nowhere")).toBe("text/plain; charset=utf-8");
  expect(await typeOf("/data/runs")).toBe("application/json");
  expect(await typeOf(filled("/RUN/best"))).toBe("application/octet-stream");
  for (const target of ["/", "/data/runs", "/data/events", "/RUN/best", "/RUN/metrics"])
    expect((await raw(lab, request(`HEAD ${target} HTTP/1.1`, HOST, "TOKEN"))).body, target).toBe("");
});

it("says that a page is the same to who has it", async () => {
  const first = await ask(lab, "/");
  const again = await ask(lab, "/", `If-None-Match: ${first.headers.etag}`);
  expect([first.status, again.status, again.body]).toEqual([200, 304, ""]);
});

it("answers on ::1 too, and on no other address", async () => {
  expect((await raw(lab, request(GET, "Host: [::1]:PORT"), "::1")).status).toBe(200);
  // On Linux, all of 127/8 is this machine; another address of it shows whether the server listens to more than one.
  await expect(
    new Promise((resolve, reject) => open(lab, "127.0.0.2").on("connect", resolve).on("error", reject)),
  ).rejects.toThrow(/ECONNREFUSED|ENETUNREACH|EADDRNOTAVAIL/);
});

it("reads no body, whether announced or in pieces, and ends the connection", async () => {
  const kilobytes = "x".repeat(2 ** 20);
  const announced = filled([GET, HOST, "Content-Length: 1073741824", "", kilobytes].join("\r\n"));
  const pieces = filled([GET, HOST, "Transfer-Encoding: chunked", "", "100000", kilobytes, ""].join("\r\n"));
  for (const sent of [announced, pieces]) {
    const { status, headers } = await raw(lab, sent);
    expect([status, headers.connection]).toEqual([200, "close"]);
  }
});

it("answers the second of two requests on a connection by its own headers", async () => {
  const second = request(DATA, HOST);
  const socket = open(lab);
  socket.write(filled([DATA, HOST, "TOKEN", "", ""].join("\r\n")) + second);
  await new Promise((resolve) => socket.on("close", resolve));
  expect(socket.received().match(/HTTP\/1\.1 \d+/g)).toEqual(["HTTP/1.1 200", "HTTP/1.1 401"]);
});

it("leads in once by an address for once, and says when that was used", async () => {
  const target = new URL(lab.addressForOnce()).pathname;
  expect((await raw(lab, request(`HEAD ${target} HTTP/1.1`, HOST))).status).toBe(404);
  expect((await ask(lab, target, "Sec-Fetch-Site: cross-site")).status).toBe(403);
  const first = await raw(lab, request(`GET ${target} HTTP/1.1`, HOST, "Sec-Fetch-Site: none"));
  expect([first.status, first.headers.location]).toEqual([303, `/#token=${tokenOf(lab)}`]);
  const second = await raw(lab, request(`GET ${target} HTTP/1.1`, HOST));
  expect([second.status, second.headers.location]).toEqual([410, undefined]);
});

/** Bytes of this thread, in which the server is. */
function memory(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

describe("in time and memory, it", () => {
  it("waits neither for a slow head nor for silence", async () => {
    const began = performance.now();
    const silent = open(lab);
    const slow = open(lab);
    slow.write("GET / HTTP/1.1\r\n");
    const drip = setInterval(() => slow.write("A: b\r\n"), 50);
    await Promise.all([silent, slow].map((socket) => new Promise((resolve) => socket.on("close", resolve))));
    clearInterval(drip);
    expect(slow.received()).toMatch(/^HTTP\/1\.1 408 /);
    expect(performance.now() - began).toBeLessThan(2500);
  });

  it("limits guesses, and lets the right token in again after a while", async () => {
    const other = await serve([runs]);
    const guess = `Authorization: Bearer ${"0".repeat(32)}`;
    const lines = (token: string) =>
      [DATA, `Host: 127.0.0.1:${other.port}`, token, "Connection: close", "", ""].join("\r\n");
    const answers = await Promise.all(Array.from({ length: 100 }, () => raw(other, lines(guess))));
    const limited = answers.filter(({ status }) => status === 429);
    expect(limited.length).toBeGreaterThan(20);
    expect(limited[0].headers["retry-after"]).toBe("1");
    expect(answers.filter(({ status }) => status === 401).length).toBe(100 - limited.length);
    await wait(400);
    expect((await ask(other, "/data/runs")).status).toBe(200);
    await other.close();
  });

  it("keeps 128 streams of readers that take nothing, no more, and ends them all at once", async () => {
    const many = newFolder();
    const other = await serve([many]);
    const head = filled([`GET /data/events HTTP/1.1`, "", ""].join("\r\n")).trimEnd();
    const own = [`Host: 127.0.0.1:${other.port}`, `Authorization: Bearer ${tokenOf(other)}`, "", ""];
    const sockets = Array.from({ length: 130 }, () => open(other));
    for (const socket of sockets) socket.write([head, ...own].join("\r\n"));
    await expect.poll(() => sockets.filter((socket) => socket.received().includes("event: changes")).length).toBe(128);
    expect(sockets.filter((socket) => socket.received().startsWith("HTTP/1.1 503 ")).length).toBe(2);
    for (const socket of sockets) socket.pause();
    const before = memory();
    for (let i = 0; i < 40; i++) {
      write(many, { [`run-${i}/run.json`]: recordText({ error: "x".repeat(200) }) });
      await wait(10);
    }
    await wait(100);
    expect(memory() - before).toBeLessThan(32 * 2 ** 20);
    // Whoever reads again has the latest.
    const [first] = sockets;
    first.resume();
    await expect.poll(() => first.received()).toContain("run-39");
    const began = performance.now();
    await other.close();
    expect(performance.now() - began).toBeLessThan(1000);
    for (const socket of sockets) socket.destroy();
  });
});
