/** The lab's server with run folders of all kinds: good ones, growing and vanishing ones, and such as nobody should write. */

import { execFileSync } from "node:child_process";
import { once } from "node:events";
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { createServer, type Server } from "node:net";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, describe, expect, it, test } from "vitest";
import type { LabChanges, LabRun, LabRunDetails, LabSweep, LabSweepDetails } from "../src/node/lab/answers.js";
import { type Lab, serveLab, startLab } from "../src/node/lab/start-lab.js";
import { takeLock } from "../src/node/lock.js";
import { planSweep } from "../src/sweeps/index.js";
import { runsOf } from "../src/sweeps/plan.js";
import { ascent, ascentAlone, emptyPlace } from "./ascent-program.js";
import { ask, json, line, newFolder, open, recordText, serve, tokenOf, write } from "./lab-served.js";
import { root } from "./root.js";

/** For what comes with one of the next looks. */
const SOON = { timeout: 10_000 };

const labs: Lab[] = [];
afterAll(() => Promise.all(labs.map((lab) => lab.close())));

async function served(...folders: readonly string[]): Promise<Lab> {
  const lab = await serve(folders);
  labs.push(lab);
  return lab;
}

/** The whole list, as soon as all folders have been looked through. */
async function listOf(lab: Lab): Promise<LabChanges> {
  for (;;) {
    const list = await json<LabChanges>(lab, "/data/runs");
    if (list.complete) return list;
    await wait(5);
  }
}

/** The part of a name behind the folder of the test. */
const short = ({ name }: LabRun | LabSweep): string => name.split("/").slice(3).join("/");

function named(list: LabChanges, name: string): LabRun {
  const found = list.runs.find((run) => short(run) === name);
  if (found === undefined) throw new Error(`there is no ${name} among ${list.runs.map(short)}`);
  return found;
}

describe("a run", () => {
  it("is listed with its settings, its verdict and how far it is", async () => {
    const folder = write(newFolder(), {
      "group/one/run.json": recordText(),
      "group/one/metrics.jsonl": line(1) + line(2),
      "group/one/best.safetensors": "best",
      "group/one/checkpoint.safetensors": "all",
    });
    const lab = await served(folder);
    const { runs, sweeps, folders } = await listOf(lab);
    expect(sweeps).toEqual([]);
    expect(folders).toEqual([{ name: folder, problems: [] }]);
    const { id, changed, ...shown } = runs[0];
    expect(shown).toEqual({
      sweep: null,
      name: join(folder, "group/one"),
      kind: "control",
      algorithm: "ppo",
      env: "CartPole-v1",
      preset: "default",
      seed: "0",
      state: "finished",
      problem: null,
      verdict: { kind: "solved", text: "Solved at episode 3." },
      error: null,
      updates: 2,
      episodes: 10,
      steps: 100,
      averageReturn: 475.5,
      solvedAtEpisode: 3,
      budget: { episodes: 10, steps: null },
      logBytes: (line(1) + line(2)).length,
      files: ["checkpoint", "best"],
      started: "2026-01-02T03:04:05.000Z",
    });
    expect(Math.abs(Date.now() - changed)).toBeLessThan(60_000);
    expect(await json<LabRunDetails>(lab, `/data/runs/${id}`)).toMatchObject({ run: { id }, record: { seconds: 60 } });
    expect((await ask(lab, `/data/runs/${id}/metrics`)).body).toBe(line(1) + line(2));
    expect((await ask(lab, `/data/runs/${id}/best`)).body).toBe("best");
    expect((await ask(lab, `/data/runs/${id}/checkpoint`)).body).toBe("all");
    expect((await ask(lab, `/data/runs/${id}/weights`)).status).toBe(404);
  });

  it("may be the folder itself, and has the same id in another lab", async () => {
    const folder = write(newFolder(), { "one/run.json": recordText() });
    const [around, itself] = [await served(folder), await served(join(folder, "one"), folder)];
    const [ids, own] = [await listOf(around), await listOf(itself)].map(({ runs }) => runs.map(({ id }) => id));
    expect(own).toEqual(ids);
  });

  it("is running while a process holds its lock, with the figures of its log, and killed after that", async () => {
    const record = recordText({ status: "running", result: null, ended: null });
    const folder = write(newFolder(), { "one/run.json": record, "one/metrics.jsonl": `${line(1)}{"upd` });
    const lock = takeLock(join(folder, "one"));
    const lab = await served(folder);
    expect((await listOf(lab)).runs[0]).toMatchObject({ state: "running", updates: 1, steps: 10, averageReturn: 1 });
    appendFileSync(join(folder, "one/metrics.jsonl"), `ate":2,"episodes":2,"averageReturn":"NaN"}\n`);
    await expect.poll(async () => (await listOf(lab)).runs[0], SOON).toMatchObject({ updates: 2, averageReturn: null });
    lock.release();
    await expect.poll(async () => (await listOf(lab)).runs[0].state, SOON).toBe("killed");
    // A process of another machine lives as long as it writes its lock. Nothing is written to find that out.
    write(folder, { "one/lock": JSON.stringify({ pid: 1, began: null, host: `not-${hostname()}` }) });
    await expect.poll(async () => (await listOf(lab)).runs[0].state, SOON).toBe("running");
    expect(existsSync(join(folder, "one/lock.partial"))).toBe(false);
  });

  it("on a language task says so", async () => {
    const config = { ...JSON.parse(recordText()).config, algorithm: "grpo", env: "language/sums" };
    const lab = await served(write(newFolder(), { "one/run.json": recordText({ config }) }));
    expect((await listOf(lab)).runs[0]).toMatchObject({ kind: "language", env: "language/sums" });
  });

  it("may be in a folder that comes later, and may go with it", async () => {
    const folder = join(newFolder(), "runs");
    const lab = await served(folder);
    const first = await listOf(lab);
    expect([first.runs, first.folders]).toEqual([[], [{ name: folder, problems: [`${folder}: is not there yet`] }]]);
    write(folder, { "one/run.json": recordText(), "two/run.json": recordText() });
    await expect.poll(async () => (await listOf(lab)).runs.length, SOON).toBe(2);
    rmSync(join(folder, "one"), { recursive: true });
    await expect.poll(async () => (await listOf(lab)).runs.map(short), SOON).toEqual(["runs/two"]);
    rmSync(folder, { recursive: true });
    await expect.poll(async () => (await listOf(lab)).runs, SOON).toEqual([]);
  });
});

describe("a log that grows", () => {
  it("is read on from a cursor by whole lines, and says when it is another one", async () => {
    const folder = write(newFolder(), { "one/run.json": recordText(), "one/metrics.jsonl": `${line(1)}{"half` });
    const lab = await served(folder);
    const target = `/data/runs/${(await listOf(lab)).runs[0].id}/metrics`;
    const log = join(folder, "one/metrics.jsonl");
    let next = "";
    const more = async () => {
      const { status, body, headers } = await ask(lab, next === "" ? target : `${target}?after=${next}`);
      next = headers["lab-next"];
      return { status, body, replaced: headers["lab-replaced"], left: headers["lab-left"] };
    };
    expect(await more()).toEqual({ status: 200, body: line(1), replaced: "no", left: "6" });
    truncateSync(log, line(1).length);
    appendFileSync(log, line(2));
    expect(await more()).toEqual({ status: 200, body: line(2), replaced: "no", left: "0" });
    expect(await more()).toEqual({ status: 200, body: "", replaced: "no", left: "0" });
    writeFileSync(log, line(7));
    expect(await more()).toEqual({ status: 200, body: line(7), replaced: "yes", left: "0" });
    // A line without an end, of a gigabyte of nothing.
    truncateSync(log, 2 ** 30);
    expect(await more()).toMatchObject({
      status: 422,
      body: expect.stringContaining("a line of more than 4194304 bytes"),
    });
  });
});

const linux = process.platform !== "win32";

describe.skipIf(!linux)("a run folder that nobody should write", () => {
  const config = JSON.parse(recordText()).config as Record<string, unknown>;
  const deep = "[".repeat(100_000);
  /** What stands in run.json, and what the list says of it. */
  const kinds: Readonly<Record<string, readonly [text: string, shown: Partial<Record<keyof LabRun, unknown>>]>> = {
    empty: ["", { state: "damaged", problem: expect.stringContaining("empty/run.json: is not the record of a run") }],
    cut: [recordText().slice(0, 300), { state: "damaged" }],
    "with a mark of byte order": [`\ufeff${recordText()}`, { state: "damaged" }],
    NaN: ["NaN", { state: "damaged" }],
    null: ["null", { state: "damaged" }],
    list: ["[]", { state: "damaged" }],
    NUL: [`${recordText()}\0`, { state: "damaged" }],
    deep: [`${deep}${"]".repeat(100_000)}`, { state: "damaged" }],
    "deep inside": [
      recordText({ config: { ...config, options: { deep: "DEEP" } } }).replace(
        '"DEEP"',
        `${deep}${"]".repeat(100_000)}`,
      ),
      { state: "finished" },
    ],
    "an infinite number": [recordText({ seconds: 1 }).replace('"seconds":1', '"seconds":1e999'), { state: "finished" }],
    "numbers as texts": [
      recordText({
        result: { verdict: { kind: {}, text: "?" }, updates: "1", episodes: [], steps: {}, averageReturn: null },
      }),
      { updates: null, episodes: null, steps: null, verdict: null },
    ],
    "a seed of a million digits": [recordText({ config: { ...config, seed: "1".repeat(1e6) } }), { state: "damaged" }],
    "a long name": [recordText({ config: { ...config, env: "e".repeat(1e5) } }), { env: `${"e".repeat(199)}…` }],
    "a name with tags": [
      recordText({ config: { ...config, env: "<img src=x onerror=alert(1)>" } }),
      { env: "<img src=x onerror=alert(1)>" },
    ],
    prototype: [
      recordText({ config: { ...config, algorithm: "mine" } }).replace(
        "{",
        '{"__proto__":{"polluted":1},"constructor":1,',
      ),
      { algorithm: "mine", state: "finished" },
    ],
  };

  it("is an entry with a message, and the others are as they were", async () => {
    const folder = newFolder();
    for (const [name, [text]] of Object.entries(kinds)) write(folder, { [`${name}/run.json`]: text });
    write(folder, {
      "good/run.json": recordText(),
      "elsewhere/run.txt": "nothing",
      "long/run.json": "",
      "folder/run.json/x": "",
      "pipe/x": "",
      "link/x": "",
      "locked/run.json": recordText({ status: "running" }),
      "<b>&amp;\n\u202e/run.json": recordText(),
    });
    truncateSync(join(folder, "long/run.json"), 2 ** 31);
    execFileSync(
      "mkfifo",
      ["pipe/run.json", "locked/lock", "locked/metrics.jsonl"].map((name) => join(folder, name)),
    );
    symlinkSync(join(folder, "good/run.json"), join(folder, "link/run.json"));
    symlinkSync(join(folder, "good"), join(folder, "linked"));
    symlinkSync(folder, join(folder, "round"));
    const lab = await served(folder);
    const list = await listOf(lab);
    for (const [name, [, shown]] of Object.entries(kinds)) expect(named(list, name), name).toMatchObject(shown);
    expect(named(list, "good").state).toBe("finished");
    expect(named(list, "long").problem).toContain("has 2147483648 bytes, and more than 1048576 are not read");
    expect(named(list, "folder").problem).toContain("folder/run.json: is a folder");
    expect(named(list, "pipe").problem).toContain("is a pipe, a socket or a device");
    expect(named(list, "link").problem).toContain("is a symbolic link, which the lab does not follow");
    expect(named(list, "locked")).toMatchObject({
      state: "killed",
      problem: expect.stringContaining("locked/metrics.jsonl: is a pipe"),
    });
    expect(named(list, "<b>&amp;\n\u202e").state).toBe("finished");
    expect(list.runs.length).toBe(Object.keys(kinds).length + 7);
    expect(list.folders[0].problems.map((problem) => problem.replace(`${folder}/`, "")).sort()).toEqual([
      "linked: is a symbolic link, which the lab does not follow",
      "round: is a symbolic link, which the lab does not follow",
    ]);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();

    const statusOf = async (name: string, part: string) =>
      (await ask(lab, `/data/runs/${named(list, name).id}${part}`)).status;
    expect(await statusOf("locked", "/metrics")).toBe(422);
    expect(await statusOf("link", "")).toBe(200);
    expect(await statusOf("deep inside", "")).toBe(422);
    expect(await statusOf("good", "")).toBe(200);
  });

  it("may be replaced by a link to another between the look and the request: nothing of that is told", async () => {
    const folder = newFolder();
    write(folder, {
      "runs/one/run.json": recordText(),
      "outside/run.json": recordText(),
      "outside/best.safetensors": "secret",
    });
    const lab = await serve([join(folder, "runs")], { lookMs: [60_000, 60_000] });
    labs.push(lab);
    const { id } = (await listOf(lab)).runs[0];
    renameSync(join(folder, "runs/one"), join(folder, "runs/two"));
    symlinkSync(join(folder, "outside"), join(folder, "runs/one"));
    for (const part of ["/best", "/metrics", ""]) {
      const { body } = await ask(lab, `/data/runs/${id}${part}`);
      expect(body).not.toContain("secret");
      expect(body).not.toContain("weightsSha256");
    }
    symlinkSync("/etc/passwd", join(folder, "runs/two/best.safetensors"));
    rmSync(join(folder, "runs/one"));
    renameSync(join(folder, "runs/two"), join(folder, "runs/one"));
    expect((await ask(lab, `/data/runs/${id}/best`)).status).toBe(422);
    rmSync(join(folder, "runs/one"), { recursive: true });
    expect((await ask(lab, `/data/runs/${id}/best`)).status).toBe(404);
    expect(await json<LabRunDetails>(lab, `/data/runs/${id}`)).toMatchObject({ record: null });
  });

  it("may forbid to be read", async () => {
    // Root may read everything.
    if (process.getuid?.() === 0) return;
    const folder = write(newFolder(), { "shut/run.json": recordText(), "secret/run.json": recordText() });
    chmodSync(join(folder, "shut"), 0);
    chmodSync(join(folder, "secret/run.json"), 0);
    const list = await listOf(await served(folder));
    chmodSync(join(folder, "shut"), 0o700);
    expect(list.folders[0].problems).toEqual([
      expect.stringContaining("shut: can't be read: permission denied (EACCES)"),
    ]);
    expect(list.runs.map(({ problem }) => problem)).toEqual([expect.stringContaining("permission denied (EACCES)")]);
  });
});

describe("many runs", () => {
  it("are told in pieces, also while some of them go, and the server answers in between", async () => {
    const folder = newFolder();
    for (let i = 0; i < 400; i++) write(folder, { [`${i}/run.json`]: recordText() });
    const lab = await served(folder);
    const removed = Array.from({ length: 80 }, (_, i) => join(folder, String(5 * i)));
    const removal = (async () => {
      for (const path of removed) {
        rmSync(path, { recursive: true });
        if (path.endsWith("0")) await wait(1);
      }
    })();
    const began = performance.now();
    expect((await ask(lab, "/")).status).toBe(200);
    expect(performance.now() - began).toBeLessThan(500);
    await removal;
    const known = new Set<string>();
    await expect
      .poll(async () => {
        known.clear();
        for (let after = 0, more = true; more; ) {
          const changes = await json<LabChanges>(lab, `/data/runs?after=${after}`);
          for (const { id } of changes.runs) known.add(id);
          for (const id of changes.removed) known.delete(id);
          ({ revision: after, more } = changes);
        }
        return known.size;
      }, SOON)
      .toBe(320);
  });

  it("lie at most eight folders deep", async () => {
    const folder = write(newFolder(), {
      "1/2/3/4/5/6/7/8/run.json": recordText(),
      "1/2/3/4/5/6/7/seen/9/run.json": "",
    });
    const { runs, folders } = await listOf(await served(folder));
    expect(runs.length).toBe(1);
    expect(folders[0].problems).toEqual([
      expect.stringMatching(/seen: lies 8 folders deep, and those in it are not looked at$/),
    ]);
  });
});

describe("a sweep", () => {
  const plan = planSweep({
    algorithm: "ppo",
    env: "CartPole-v1",
    grid: { gamma: [0.9, 0.99] },
    seeds: 2,
    episodes: 10,
  });
  const record = {
    plan,
    endHopeless: false,
    given: null,
    versions: { ascent: "0.2.0", node: "v20.19.0" },
    imports: [],
    earlier: [],
    started: "2026-01-02T03:04:05.000Z",
  };
  const [first, second] = runsOf(plan);

  it("is listed with its runs, and has the outcomes so far until it has its results", async () => {
    const folder = write(newFolder(), {
      "rates/sweep.json": JSON.stringify(record),
      [`rates/runs/${first.id}/run.json`]: recordText(),
      [`rates/runs/${first.id}/outcome.json`]: `{"id":"${first.id}"}\n`,
      [`rates/runs/${second.id}/run.json`]: recordText(),
      [`rates/runs/${second.id}/outcome.json`]: '{"id":',
      "bad/sweep.json": "{}",
    });
    const lab = await served(folder);
    const { runs, sweeps } = await listOf(lab);
    const [bad, rates] = [...sweeps].sort((a, b) => (a.name < b.name ? -1 : 1));
    expect(rates).toMatchObject({
      kind: "sweep",
      name: join(folder, "rates"),
      problem: null,
      algorithms: ["ppo"],
      envs: ["CartPole-v1"],
      varied: ["gamma"],
      planned: 4,
      complete: false,
    });
    expect(bad).toMatchObject({ planned: null, problem: expect.stringContaining("is not the record of a sweep") });
    expect(runs.map(({ sweep }) => sweep)).toEqual([rates.id, rates.id]);
    const target = `/data/sweeps/${rates.id}`;
    expect((await json<LabSweepDetails>(lab, target)).record).toEqual(JSON.parse(JSON.stringify(record)));
    expect(await json(lab, `${target}/results`)).toEqual([{ id: first.id }]);
    expect((await ask(lab, `/data/runs/${rates.id}`)).status).toBe(404);
    write(folder, { "rates/results.json": '[\n{"id":"all"}\n]\n' });
    await expect.poll(() => json(lab, `${target}/results`), SOON).toEqual([{ id: "all" }]);
    expect((await listOf(lab)).sweeps.find(({ id }) => id === rates.id)?.complete).toBe(true);
  });

  it("may be a study, with its legs and its result", async () => {
    const study = { base: { algorithm: "ppo", env: "Pendulum-v1" }, space: { gamma: {} }, set: {}, seed: 0 };
    const folder = write(newFolder(), {
      "tune/study.json": JSON.stringify({ study, imports: [], goal: { rounds: 1 }, rounds: 1, closed: true }),
      "tune/legs.jsonl": '{"point":0}\n',
      "tune/result.json": '{"best":1}\n',
      "tune/runs/a/run.json": recordText(),
    });
    const lab = await served(folder);
    const { runs, sweeps } = await listOf(lab);
    expect(sweeps).toMatchObject([
      { kind: "study", algorithms: ["ppo"], envs: ["Pendulum-v1"], varied: ["gamma"], planned: null, complete: true },
    ]);
    expect(runs[0].sweep).toBe(sweeps[0].id);
    expect(await json(lab, `/data/sweeps/${sweeps[0].id}/results`)).toEqual({ best: 1 });
    expect((await ask(lab, `/data/sweeps/${sweeps[0].id}/legs`)).body).toBe('{"point":0}\n');
  });
});

it("a stream tells what is new, what has grown, and what is gone", async () => {
  const folder = write(newFolder(), { "one/run.json": recordText() });
  const lab = await served(folder);
  const socket = open(lab);
  const head = ["GET /data/events HTTP/1.1", `Host: 127.0.0.1:${lab.port}`, `Authorization: Bearer ${tokenOf(lab)}`];
  socket.write([...head, "", ""].join("\r\n"));
  const events = (): LabChanges[] =>
    [...socket.received().matchAll(/^event: changes\ndata: (.*)$/gm)].map(([, data]) => JSON.parse(data));
  const latest = () => events().flatMap(({ runs, removed }) => [...runs.map(short), ...removed]);
  await expect.poll(latest, SOON).toEqual(["one"]);
  expect(events()[0].anew).toBe(true);
  write(folder, { "two/run.json": recordText({ status: "running" }), "two/metrics.jsonl": line(1) });
  await expect.poll(() => events().at(-1)?.runs[0]?.updates, SOON).toBe(1);
  appendFileSync(join(folder, "two/metrics.jsonl"), line(2));
  await expect.poll(() => events().at(-1)?.runs[0]?.updates, SOON).toBe(2);
  const id = events().at(-1)?.runs[0]?.id;
  rmSync(join(folder, "two"), { recursive: true });
  await expect.poll(() => events().at(-1)?.removed, SOON).toEqual([id]);
  expect(socket.received()).toMatch(/^id: \d+$/m);
  const ended = once(socket, "close");
  await lab.close();
  await ended;
  expect(socket.received()).toContain("event: end\n");
});

/** Something that listens at a port of this machine. */
async function occupied(): Promise<{ port: number; server: Server }> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  return { port: (server.address() as { port: number }).port, server };
}

test("a port that is taken is refused, with what to do instead", async () => {
  const { port, server } = await occupied();
  const page = write(newFolder(), { "index.html": "" });
  await expect(serveLab({ folders: [], port }, { page })).rejects.toThrow(
    `port: got ${port}, allowed is a port that is free; another program listens at this one. Without it, the lab takes a free one`,
  );
  server.close();
});

test("without a port, two labs find one each", async () => {
  const page = write(newFolder(), { "index.html": "" });
  const [one, other] = [await serveLab({ folders: [] }, { page }), await serveLab({ folders: [] }, { page })];
  expect(one.port).not.toBe(other.port);
  await Promise.all([one.close(), other.close()]);
});

test.each([
  [{ folder: "runs" }, 'folder: got "runs", allowed is only folders, port. Did you mean folders?'],
  [{ port: 70_000 }, "port: got 70000, allowed is a whole number from 1 to 65535"],
  [{ folders: "runs" }, 'folders: got "runs", allowed is a list of folders'],
])("startLab refuses %j", async (options, message) => {
  await expect(async () => startLab(options as object)).rejects.toThrow(message);
});

describe("ascent lab", () => {
  it.each([
    ["--prot 1", /--prot is not an option of ascent lab. Did you mean --port\?/],
    ["--port 0", /--port: got 0, allowed is a whole number from 1 to 65535/],
    ["nowhere", /folder: got "nowhere", allowed is a run, a sweep, or a folder of runs/],
  ])("%s is a mistake", async (words, message) => {
    const { code, stderr } = await ascent(["lab", ...words.split(" ")]);
    expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
  });

  // The page is built apart from the library.
  const isBuilt = existsSync(join(root, "dist/lab/index.html"));

  it.runIf(!isBuilt)("says that the page was not built", async () => {
    const { code, stderr } = await ascent(["lab"]);
    expect([code, stderr]).toEqual([1, expect.stringMatching(/dist.lab: the page of the lab is not there/)]);
  });

  it.runIf(isBuilt)("prints its address, and ends with Ctrl-C", async () => {
    const place = emptyPlace();
    mkdirSync(join(place, "runs"));
    const { code, stdout } = await ascentAlone(["lab"], place, (child) => child.kill("SIGINT"));
    expect(code).toBe(130);
    expect(stdout).toMatch(/^The lab is at http:\/\/127\.0\.0\.1:\d+\/#token=[0-9a-f]{32}\n {2}runs in {2}runs\n/);
    expect(readFileSync(join(root, "dist/lab/index.html"), "utf8")).not.toContain("token=");
  });
});
