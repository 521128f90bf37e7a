/**
 * Runs command lines of the built program one after the other in one process, which starts once for all. Takes them as a
 * JSON list of lists of words, and prints what each left: its exit code, its output, and the files in the folder.
 */
import { readdirSync } from "node:fs";
import { commandLine } from "../../dist/cli/command-line.js";

const outcomes = [];
const write = process.stdout.write.bind(process.stdout);
for (const words of JSON.parse(process.argv[2])) {
  const outcome = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"])
    process[stream].write = (text) => {
      outcome[stream] += text;
      return true;
    };
  outcomes.push({ code: await commandLine(words), ...outcome, left: readdirSync(".") });
}
write(JSON.stringify(outcomes));
