import { execFile } from "node:child_process";
import { join } from "node:path";
import { root } from "./root.js";

/** The compiler, to be run by Node. */
export const tsc: string = join(root, "node_modules/typescript-native/bin/tsc");

/** What the compiler says of the project with this configuration: nothing, if it accepts every file. */
export function complaints(config: string): Promise<string> {
  return new Promise((resolve) =>
    execFile(process.execPath, [tsc, "-p", config, "--pretty", "false"], { cwd: root }, (error, stdout, stderr) =>
      resolve(error && stdout + stderr === "" ? String(error) : stdout + stderr),
    ),
  );
}
