// Gives this process, and those that it starts, another machine's name: PRETEND_HOST=ada node --import ./pretend-host.mjs …
import { syncBuiltinESMExports } from "node:module";
import os from "node:os";

os.hostname = () => process.env.PRETEND_HOST;
syncBuiltinESMExports();
