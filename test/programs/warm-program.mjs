/**
 * Runs command lines of the built program one after the other in one process, which starts once for all. A message names the
 * words and the folder to run them in; the answer is what they left: the exit code and the output.
 */
import { commandLine } from "../../dist/cli/command-line.js";

const streams = ["stdout", "stderr"];
let outcome = {};
for (const stream of streams)
  process[stream].write = (text) => {
    outcome[stream] += text;
    return true;
  };

process.on("message", async ({ args, cwd }) => {
  process.chdir(cwd);
  outcome = { stdout: "", stderr: "" };
  const code = await commandLine(args);
  process.send({ code, ...outcome });
});
