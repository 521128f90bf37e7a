/** A job: a long-lived process that trains runs, as its parent sees it. */

import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { loadingFlags } from "../threads/node-flags.js";
import type { JobNews, JobOrder } from "./job-messages.js";
import type { RunNews, Task } from "./task.js";

const PROGRAM = fileURLToPath(new URL("./job-process.js", import.meta.url));
/** The characters that are kept of what a process writes to standard error: Node says there why it crashes. */
const KEPT = 400;

export interface JobEvents {
  news(news: RunNews): void;
  /** It is through with its task. */
  idle(job: Job): void;
  /** The process has ended, in good order or not. */
  ended(job: Job, reason: string): void;
}

export class Job {
  /** The task at work. */
  task: Task | undefined;
  private readonly child: ChildProcess;
  private last = "";
  private reason: string | undefined;

  constructor(events: JobEvents) {
    const child = fork(PROGRAM, {
      execArgv: loadingFlags(process.execArgv),
      // One core for each job: what a network would share among threads is then the other jobs'.
      env: { ...process.env, ASCENT_THREADS: "1" },
      // What environments print would get into the view of the sweep.
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    this.child = child;
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.last = (this.last + text).slice(-KEPT);
    });
    child.on("message", (news: JobNews) => {
      if (news.kind === "died") this.reason = news.reason;
      else if (news.kind !== "idle") events.news(news);
      else {
        this.task = undefined;
        this.hold(false);
        events.idle(this);
      }
    });
    const end = (reason: string): void => {
      // What it wrote last is read before this.
      setImmediate(() => events.ended(this, this.reason ?? reason));
    };
    // Not `close`, which does not come after the parent has disconnected.
    child.once("exit", (code, signal) => end(`it ended by ${signal ?? `exit code ${code}`}`));
    child.on("error", ({ message }) => {
      if (child.pid === undefined) end(message);
    });
    this.hold(false);
  }

  /** Call it while the job has no task. */
  train(task: Task): void {
    this.task = task;
    this.hold(true);
    this.send({ train: task });
  }

  /** Has the run at work saved, and then ends the process. It is at once where there is none. */
  stop(): void {
    this.hold(true);
    if (this.task === undefined) this.child.disconnect();
    else this.send({ stop: true });
  }

  /** Ends the process at once. The last checkpoint of its run stays. */
  kill(): void {
    this.child.kill("SIGKILL");
  }

  /** What the process has written to standard error of late. */
  get lastWords(): string {
    return this.last.trim();
  }

  private send(order: JobOrder): void {
    // A process that has just died can't be told anything; that it has ended comes as an event.
    this.child.send(order, () => undefined);
  }

  /** A job without a task doesn't keep the program alive. */
  private hold(busy: boolean): void {
    const handles = [this.child, this.child.channel];
    for (const handle of handles) {
      if (busy) handle?.ref();
      else handle?.unref();
    }
  }
}
