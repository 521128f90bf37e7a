/** Loads MuJoCo and registers its environments. What is imported by name, on a command line or in a worker, is this file. */

import { registerMujoco } from "./robots.js";

await registerMujoco();
