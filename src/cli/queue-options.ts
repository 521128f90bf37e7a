/** The flags of commands that use a queue. */

import { PATIENCE_SECONDS } from "../node/queue/patience.js";
import { openQueue, type SweepQueue } from "../node/queue/sweep-queue.js";
import { optional, real, text, type Values } from "../options.js";
import { flagText } from "../report/flag-text.js";
import { UsageError } from "./usage-error.js";
import { warn } from "./warn.js";

export const queueOptions = {
  queue: optional(
    text("", {
      meaning: "redis://…, rediss://…, postgres://… or env",
      help: "the queue of many machines; env: its address is in the variable ASCENT_QUEUE, so that no list of processes shows the password",
    }),
  ),
  files: optional(
    text("", {
      meaning: "s3://bucket/prefix, or a folder that all machines share",
      help: "where runs are kept between machines; otherwise in the queue's own store, up to 32 MiB a run",
    }),
  ),
  patience: real(PATIENCE_SECONDS, { min: 1, max: 86_400, help: "seconds to wait for a queue that goes away" }),
};

/** The address of the queue; that of the environment where it is left out, or `env`. @throws UsageError if there is none */
export function queueGiven(typed = "env"): string {
  const queue = typed === "env" ? process.env.ASCENT_QUEUE : typed;
  if (queue === undefined || queue === "") throw new UsageError("--queue is missing, and ASCENT_QUEUE is not set");
  return queue;
}

/** Opens that queue for sweeps. `say` is told of outages. @throws UsageError if there is none @throws ConfigError */
export function openGivenQueue(
  { queue, files, patience }: Values<typeof queueOptions>,
  say: (message: string) => void = warn,
): Promise<SweepQueue> {
  return openQueue(queueGiven(queue), { files, patience, say });
}

/** The flags by which a sweep finds its queue again: ` --queue env`. A password is shown as ***. */
export function queueFlags(
  { queue, files }: Pick<Values<typeof queueOptions>, "queue" | "files">,
  open: SweepQueue | undefined,
): string {
  if (open === undefined) return "";
  const address = queue === undefined || queue === "env" ? "env" : open.shown;
  return ` ${flagText("queue", address)}${files === undefined ? "" : ` ${flagText("files", files)}`}`;
}
