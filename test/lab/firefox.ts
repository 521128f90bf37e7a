/**
 * Debian's Firefox, without a screen. It is asked in Marionette, the protocol that its own driver speaks: lines of JSON on a
 * socket, each after its length in bytes. Drivers for it are programs to download, or dozens of packages.
 */

import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

const executablePath: string = process.env.FIREFOX ?? "/usr/bin/firefox-esr";
export const hasFirefox: boolean = existsSync(executablePath);
if (!hasFirefox) console.log(`skipped: no Firefox at ${executablePath}; FIREFOX may name another place`);

/** Milliseconds within which it has to be there. */
const PATIENCE = 60_000;

type Answer = readonly [type: number, id: number, error: { readonly message: string } | null, result: unknown];

export class Firefox {
  private readonly child: ChildProcess;
  private readonly profile: string;
  private readonly socket: Socket;
  private readonly waiting = new Map<number, (answer: Answer) => void>();
  private received: Buffer = Buffer.alloc(0);
  private asked = 0;

  private constructor(child: ChildProcess, profile: string, socket: Socket) {
    this.child = child;
    this.profile = profile;
    this.socket = socket;
    socket.on("data", (bytes) => this.hear(bytes));
  }

  static async start(): Promise<Firefox> {
    const profile = mkdtempSync(join(tmpdir(), "ascent-firefox-"));
    // It takes a free port, and writes which one.
    writeFileSync(join(profile, "user.js"), 'user_pref("marionette.port", 0);\n');
    const child = spawn(executablePath, ["--headless", "--marionette", "--no-remote", "--profile", profile], {
      stdio: "ignore",
      env: { ...process.env, HOME: profile },
    });
    const port = join(profile, "MarionetteActivePort");
    for (const start = Date.now(); !existsSync(port) || readFileSync(port, "utf8") === ""; await wait(100))
      if (Date.now() - start > PATIENCE) throw new Error("Firefox did not start.");
    const socket = connect(Number(readFileSync(port, "utf8")), "127.0.0.1");
    const firefox = new Firefox(child, profile, socket);
    await firefox.ask("WebDriver:NewSession", { pageLoadStrategy: "normal" });
    await firefox.ask("WebDriver:SetTimeouts", { script: 120_000 });
    return firefox;
  }

  async goTo(url: string): Promise<void> {
    await this.ask("WebDriver:Navigate", { url });
  }

  /** The value of an expression in the page as soon as it is neither empty nor false. */
  async until<T>(expression: string): Promise<T> {
    const script = `const done = arguments[arguments.length - 1];
      (function look() { const value = (${expression}); value ? done(value) : setTimeout(look, 100); })();`;
    const { value } = (await this.ask("WebDriver:ExecuteAsyncScript", { script, args: [] })) as { readonly value: T };
    return value;
  }

  async close(): Promise<void> {
    this.socket.destroy();
    const ended = new Promise((resolve) => this.child.once("exit", resolve));
    this.child.kill("SIGKILL");
    await ended;
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }

  private ask(command: string, parameters: object): Promise<unknown> {
    const id = ++this.asked;
    const text = JSON.stringify([0, id, command, parameters]);
    this.socket.write(`${Buffer.byteLength(text)}:${text}`);
    return new Promise((resolve, reject) =>
      this.waiting.set(id, ([, , error, result]) =>
        error === null ? resolve(result) : reject(new Error(`${command}: ${error.message}`)),
      ),
    );
  }

  private hear(bytes: Buffer): void {
    this.received = Buffer.concat([this.received, bytes]);
    for (;;) {
      const colon = this.received.indexOf(":");
      const end = colon + 1 + Number(this.received.subarray(0, Math.max(colon, 0)));
      if (colon < 0 || this.received.length < end) return;
      const answer: unknown = JSON.parse(this.received.subarray(colon + 1, end).toString());
      this.received = this.received.subarray(end);
      // The first line says who is there, and answers nothing.
      if (Array.isArray(answer)) {
        this.waiting.get(answer[1])?.(answer as unknown as Answer);
        this.waiting.delete(answer[1]);
      }
    }
  }
}
