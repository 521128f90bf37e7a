import { int, optional, real, text } from "../options.js";
import { MOST_WORKERS } from "./threads/threads.js";

/** How a run is saved, and its number of threads. None of this affects results. `ascent train` derives flags from it. */
export const saveOptions = {
  out: optional(
    text("", { meaning: "a folder that is new or empty", help: "folder of the run; runs/<name> otherwise" }),
  ),
  workers: int(1, {
    min: 1,
    max: MOST_WORKERS,
    help: "threads that environments are stepped in; the results are the same bits",
  }),
  checkpointSeconds: optional(
    real(5, {
      min: 0,
      help: "seconds between checkpoints; by default 5, and more where they would cost over 2.5 % of the time",
    }),
  ),
};
