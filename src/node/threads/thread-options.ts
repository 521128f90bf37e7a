import { int, real } from "../../options.js";

/** How environments are spread over threads. None of this affects results. */
export const threadOptions = {
  workers: int(1, {
    min: 1,
    max: 256,
    help: "threads that environments are stepped in; the results are the same bits",
  }),
  stepTimeout: real(60, {
    min: 0,
    max: 1e6,
    help: "seconds that one reset or step of an environment in a worker may take; 0 for any time",
  }),
};
