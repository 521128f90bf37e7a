// Real servers for tests and benchmarks, on free ports and in folders of their own.
import { spawn, spawnSync } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

export function redisProgram() {
  return ["/usr/bin/redis-server", "/usr/bin/valkey-server"].find((path) => existsSync(path));
}

export function postgresPrograms() {
  const root = "/usr/lib/postgresql";
  const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : [];
  return versions.map((version) => join(root, version, "bin")).find((path) => existsSync(path));
}

export async function startRedis(password, options = []) {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), "ascent-redis-"));
  const save = ["--appendonly", "yes", "--appendfsync", "everysec", "--save", ""];
  const args = ["--port", String(port), "--bind", "127.0.0.1", "--requirepass", password, "--dir", folder, ...save];
  return serverOf({
    url: `redis://:${encodeURIComponent(password)}@127.0.0.1:${port}/0`,
    port,
    folder,
    crash: "SIGKILL",
    spawned: () => spawn(redisProgram(), [...args, ...options], { stdio: "ignore" }),
  });
}

export async function startPostgres(password) {
  const programs = postgresPrograms();
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), "ascent-postgres-"));
  const owner = postgresOwner();
  if (owner.uid !== undefined) chownSync(folder, owner.uid, owner.gid);
  const data = join(folder, "data");
  const secret = join(folder, "password");
  writeFileSync(secret, password);
  if (owner.uid !== undefined) chownSync(secret, owner.uid, owner.gid);
  const made = ["-D", data, "-A", "scram-sha-256", "-U", "postgres", `--pwfile=${secret}`, "--no-sync"];
  const { status, stderr } = spawnSync(join(programs, "initdb"), made, { ...owner, cwd: folder, encoding: "utf8" });
  if (status !== 0) throw new Error(`initdb failed: ${stderr}`);
  const args = ["-D", data, "-p", String(port), "-c", "unix_socket_directories=", "-c", "listen_addresses=127.0.0.1"];
  return serverOf({
    url: `postgres://postgres:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`,
    port,
    folder,
    // Its "immediate" mode: it ends its own processes too, and recovers from its log when it starts again.
    crash: "SIGQUIT",
    spawned: () => spawn(join(programs, "postgres"), args, { ...owner, cwd: folder, stdio: "ignore" }),
  });
}

/** PostgreSQL refuses to run as root. Debian's package makes a user for it. */
function postgresOwner() {
  if (process.getuid?.() !== 0) return {};
  const id = (flag) => Number(spawnSync("id", [flag, "postgres"], { encoding: "utf8" }).stdout);
  return { uid: id("-u"), gid: id("-g") };
}

/** A server that is running and accepts connections. */
async function serverOf({ url, port, folder, crash, spawned }) {
  let child;
  const alive = () => child !== undefined && child.exitCode === null && child.signalCode === null;
  const start = async () => {
    child = spawned();
    await listening(port, alive);
  };
  const kill = () =>
    new Promise((resolve) => {
      if (!alive()) return resolve();
      child.once("exit", () => resolve());
      child.kill(crash);
    });
  // A test that is given up leaves no server behind.
  const last = () => void child?.kill(crash);
  process.once("exit", last);
  await start();
  return {
    url,
    kill,
    start,
    async close() {
      await kill();
      process.removeListener("exit", last);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export async function listening(port, alive) {
  for (let tries = 0; tries < 600 && alive(); tries++) {
    const answered = await new Promise((resolve) => {
      const socket = connect(port, "127.0.0.1");
      socket.once("error", () => resolve(false));
      socket.once("connect", () => {
        socket.destroy();
        resolve(true);
      });
    });
    if (answered) return;
    await wait(50);
  }
  throw new Error(`nobody listens on port ${port}`);
}

export function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
