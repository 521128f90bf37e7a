/**
 * How fast `ascent train` reacts to Ctrl-C in a terminal, where a gradient step of a large network takes long: seconds until
 * it says something, and until it has ended. Each run is then resumed, and its weights must have the bits of a run that was
 * never interrupted. The limit for the first reaction is one second.
 *
 *   node bench/reaction/run.mjs        # needs `script` of util-linux
 */
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { commit, machine } from "../race.mjs";

const cli = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
const place = mkdtempSync(join(tmpdir(), "ascent-reaction-"));
const LIMIT = 1;
const cases = [
  "reinforce CartPole-v1 --episodes 2000",
  "reinforce CartPole-v1 --hidden 1024,1024 --episodes 40",
  "vpg CartPole-v1 --hidden 512,512 --steps 4000",
  "ppo CartPole-v1 --hidden 512,512 --minibatch-size 2048 --steps 2048",
];

/** Trains in a terminal, and presses Ctrl-C a second after the run has begun. */
function interrupted(line, out) {
  return new Promise((resolve, reject) => {
    const command = `${process.execPath} ${cli} train ${line} --until end --out ${out}`;
    const terminal = spawn("script", ["-qfec", command, "/dev/null"], {
      stdio: ["pipe", "pipe", "inherit"],
      env: { ...process.env, TERM: "dumb" },
    });
    let pressed;
    let said;
    let saved;
    terminal.stdout.on("data", (text) => {
      const now = performance.now();
      if (pressed === undefined && String(text).includes("seed 0"))
        setTimeout(() => {
          pressed = performance.now();
          terminal.stdin.write("\x03");
        }, 1000);
      // The terminal repeats Ctrl-C as ^C.
      if (pressed !== undefined && /will be saved|interrupted after/.test(text)) said ??= (now - pressed) / 1000;
      if (/interrupted after/.test(text)) saved = (now - pressed) / 1000;
    });
    terminal.on("error", reject);
    terminal.on("close", (code) => {
      if (code !== 130) return reject(new Error(`ascent train ${line} ended with ${code}, not by Ctrl-C`));
      resolve({ said, saved });
    });
  });
}

function weights(args, out) {
  const { status, stderr } = spawnSync(process.execPath, [cli, "train", ...args], { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(readFileSync(join(out, "run.json"), "utf8")).result.weightsSha256;
}

const runs = [];
for (const [i, line] of cases.entries()) {
  const [out, whole] = [join(place, `${i}`), join(place, `${i}-whole`)];
  const { said, saved } = await interrupted(line, out);
  const sameBits =
    weights(["--resume", out, "--quiet"], out) ===
    weights([...line.split(" "), "--until", "end", "--quiet", "--out", whole], whole);
  runs.push({ line, said, saved, sameBits });
  console.log(`${line}: said so after ${said.toFixed(2)} s, saved after ${saved.toFixed(2)} s, same bits: ${sameBits}`);
  if (!(said <= LIMIT) || !sameBits) process.exitCode = 1;
}
rmSync(place, { recursive: true });
const results = { bench: "reaction", commit: commit(), machine: machine(), runs };
writeFileSync(new URL("results.json", import.meta.url), `${JSON.stringify(results, null, 1)}\n`);
