/** The second process of `lookout.ts`: `node lookout-program.js PID MESSAGE`. It ends with its standard input. */

/** How long the first process may take to answer. */
const BUSY_MS = 500;
const SHOW_CURSOR = "\x1b[?25h";

const [, , pid, message] = process.argv;
let presses = 0;

process.on("SIGINT", () => {
  const press = ++presses;
  setTimeout(() => answer(press), BUSY_MS);
});
process.stdin.on("close", () => process.exit()).resume();

function answer(press: number): void {
  if (press === 1) process.stderr.write(`\n${message}\n`);
  else if (press === 2) {
    process.kill(Number(pid), "SIGKILL");
    if (process.stderr.isTTY) process.stderr.write(SHOW_CURSOR);
  }
}
