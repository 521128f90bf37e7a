/** Real servers for tests, on free ports and in folders of their own; undefined where their programs are not installed. */

import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Server {
  readonly url: string;
  readonly port: number;
  /** Ends it as a crash would, with its data kept. */
  kill(): Promise<void>;
  /** Starts it again after a kill, with its data, on its port. */
  start(): Promise<void>;
  /** Ends it and removes its data. */
  close(): Promise<void>;
}

export function redisProgram(): string | undefined {
  return found(["/usr/bin/redis-server", "/usr/bin/valkey-server"]);
}

/** The folder of PostgreSQL's programs. */
export function postgresPrograms(): string | undefined {
  const root = "/usr/lib/postgresql";
  const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : [];
  return found(versions.map((version) => join(root, version, "bin")));
}

/** `options` as on Redis's command line. */
export async function startRedis(password: string, options: readonly string[] = []): Promise<Server> {
  const program = redisProgram() as string;
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), "ascent-redis-"));
  const url = `redis://:${encodeURIComponent(password)}@127.0.0.1:${port}/0`;
  const save = ["--appendonly", "yes", "--appendfsync", "everysec", "--save", ""];
  const args = ["--port", String(port), "--bind", "127.0.0.1", "--requirepass", password, "--dir", folder, ...save];
  return serverOf({
    url,
    port,
    folder,
    spawned: () => spawn(program, [...args, ...options], { stdio: "ignore" }),
  });
}

export async function startPostgres(password: string): Promise<Server> {
  const programs = postgresPrograms() as string;
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), "ascent-postgres-"));
  // PostgreSQL refuses to run as root.
  const user = process.getuid?.() === 0 ? "postgres" : undefined;
  const as = (program: string, args: string[]): [string, string[]] =>
    user === undefined
      ? [join(programs, program), args]
      : ["runuser", ["-u", user, "--", join(programs, program), ...args]];
  if (user !== undefined) spawnSync("chown", ["-R", user, folder]);
  chmodSync(folder, 0o700);
  const data = join(folder, "data");
  const [initdb, initArgs] = as("initdb", ["-D", data, "-A", "trust", "-U", "postgres", "--no-sync"]);
  spawnSync(initdb, initArgs);
  const run = (sql: string) => {
    const [postgres, args] = as("postgres", ["--single", "-D", data, "postgres"]);
    spawnSync(postgres, args, { input: `${sql}\n` });
  };
  run(`ALTER USER postgres PASSWORD '${password}'`);
  run("ALTER SYSTEM SET password_encryption = 'scram-sha-256'");
  const url = `postgres://postgres:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`;
  const socket = ["-c", "unix_socket_directories=", "-c", "listen_addresses=127.0.0.1"];
  const hba = join(folder, "hba.conf");
  const [tee, teeArgs] = user === undefined ? ["tee", [hba]] : ["runuser", ["-u", user, "--", "tee", hba]];
  spawnSync(tee, teeArgs, { input: "host all all 127.0.0.1/32 scram-sha-256\n" });
  return serverOf({
    url,
    port,
    folder,
    spawned() {
      const [postgres, args] = as("postgres", ["-D", data, "-p", String(port), "-c", `hba_file=${hba}`, ...socket]);
      return spawn(postgres, args, { stdio: "ignore" });
    },
  });
}

/** A server that is running and accepts connections. */
async function serverOf(own: {
  url: string;
  port: number;
  folder: string;
  spawned: () => ChildProcess;
}): Promise<Server> {
  const { url, port, folder, spawned } = own;
  let child: ChildProcess;
  const start = async (): Promise<void> => {
    child = spawned();
    await listening(port);
  };
  const kill = (): Promise<void> =>
    new Promise((resolve) => {
      child.once("exit", () => resolve());
      // runuser passes on SIGTERM only; SIGQUIT to the whole group is PostgreSQL's "immediate" mode.
      spawnSync("pkill", ["-9", "-f", `${folder}|:${port} `]);
      child.kill("SIGKILL");
    });
  await start();
  return {
    url,
    port,
    kill,
    start,
    async close() {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function listening(port: number): Promise<void> {
  const { connect } = await import("node:net");
  for (let tries = 0; tries < 200; tries++) {
    const answered = await new Promise<boolean>((resolve) => {
      const socket = connect(port, "127.0.0.1");
      socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    });
    if (answered) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`nobody listens on port ${port}`);
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

function found(paths: readonly string[]): string | undefined {
  return paths.find((path) => existsSync(path));
}
