// Fills the disk of a run, revokes its write permission, and locks its folder. Each failure must be an error that names the
// path, and must leave the last checkpoint valid. Without the cause, the run must resume and end with the bytes of an
// uninterrupted run.
//
//   node bench/reliability/disk.mjs [--quick]      (as root, to mount a small disk and to become a user without permissions)
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { loadPolicy, resume } from "../../dist/training/train.js";

const { values } = parseArgs({ options: { quick: { type: "boolean" } } });
const main = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
const place = mkdtempSync(join(tmpdir(), "ascent-disk-"));
chmodSync(place, 0o755);
const SETTINGS = [
  "--preset",
  "exercise",
  "--hidden",
  "16",
  "--episodes",
  "120",
  "--checkpoint-seconds",
  "0",
  "--quiet",
];
const EXACT = ["checkpoint.safetensors", "best.safetensors", "metrics.jsonl"];
/** The user `nobody`. */
const NOBODY = 65534;

const cases = [];
const failures = [];

function ascent(args, options = {}) {
  const { status, stderr, stdout } = spawnSync(process.execPath, [main, "train", ...args], {
    encoding: "utf8",
    ...options,
  });
  return { code: status, stderr: stderr ?? "", stdout: stdout ?? "" };
}

function check(what, holds, detail) {
  if (!holds) failures.push(`${what}: ${detail}`);
  return holds;
}

function system(...command) {
  return spawnSync(command[0], command.slice(1), { stdio: "ignore" }).status === 0;
}

const digest = (folder) =>
  EXACT.map((name) =>
    createHash("sha256")
      .update(readFileSync(join(folder, name)))
      .digest("hex"),
  ).join();

/** Checks a failed write: exit code 1, a line that names path and reason, and no stack trace. */
function failedWell(what, { code, stderr }, path, reason) {
  const [line, ...more] = stderr.trim().split("\n");
  check(what, code === 1, `exit code ${code}: ${stderr}`);
  check(
    what,
    line.includes(path) && reason.test(line) && !more.some((text) => /^\s+at /.test(text)),
    `said ${JSON.stringify(stderr)}`,
  );
  cases.push({ case: what, code, message: line.replaceAll(place, "…") });
}

/** Checks that every checkpoint in the folder loads. */
function stillGood(what, folder) {
  const load = { "checkpoint.safetensors": (bytes) => resume(bytes), "best.safetensors": (bytes) => loadPolicy(bytes) };
  for (const [name, read] of Object.entries(load)) {
    if (existsSync(join(folder, name))) read(readFileSync(join(folder, name)));
  }
  const left = readdirSync(folder).filter((name) => name.endsWith(".partial") || name.startsWith("lock"));
  check(what, left.length === 0, `left ${left.join(", ")} behind`);
}

const calm = join(place, "calm");
check("a calm run", ascent([...SETTINGS, "--out", calm]).code === 0, "failed");
const expected = digest(calm);

function fullDisk() {
  const disk = join(place, "disk");
  mkdirSync(disk);
  if (!system("mount", "-t", "tmpfs", "-o", "size=40k", "ascent", disk)) {
    console.error("full disk: skipped, for a disk of its own can't be mounted here");
    return;
  }
  try {
    // Each size lets the run get a little further, so that a different file is the first to hit the end of the disk.
    const sizes = values.quick ? [32] : Array.from({ length: 17 }, (_, i) => 8 + 4 * i);
    for (const kilobytes of sizes) {
      const what = `a disk of ${kilobytes} kB`;
      rmSync(join(disk, "run"), { recursive: true, force: true });
      system("mount", "-o", `remount,size=${kilobytes}k`, disk);
      const outcome = ascent([...SETTINGS, "--out", join(disk, "run")]);
      if (outcome.code === 0) continue;
      failedWell(what, outcome, disk, /the disk is full \(ENOSPC\)/);
      system("mount", "-o", "remount,size=8m", disk);
      if (!existsSync(join(disk, "run"))) continue;
      stillGood(what, join(disk, "run"));
      const again = ascent(["--resume", join(disk, "run"), "--quiet"]);
      check(
        what,
        again.code === 0 && digest(join(disk, "run")) === expected,
        `resumed to other bytes: ${again.stderr}`,
      );
    }
    const last = join(disk, "run");
    system("mount", "-o", "remount,size=8m", disk);
    rmSync(last, { recursive: true, force: true });
    ascent([...SETTINGS, "--out", last]);
    const before = digest(last);
    if (system("mount", "-o", "remount,ro", disk)) {
      failedWell(
        "a disk that is read-only",
        ascent([...SETTINGS, "--out", join(disk, "new")]),
        join(disk, "new"),
        /read-only \(EROFS\)/,
      );
      failedWell("resuming on a disk that is read-only", ascent(["--resume", last]), last, /read-only \(EROFS\)/);
      check("a disk that is read-only", digest(last) === before, "changed the files");
    }
  } finally {
    system("umount", disk);
  }
}

function noRights() {
  if (process.getuid?.() !== 0) {
    console.error("no rights: skipped, for only root can become a user without any");
    return;
  }
  const others = join(place, "others");
  mkdirSync(others, { mode: 0o755 });
  const out = join(others, "run");
  failedWell(
    "a folder of somebody else",
    ascent([...SETTINGS, "--out", out], { uid: NOBODY, cwd: place }),
    out,
    /permission denied \(EACCES\)/,
  );
  failedWell(
    "resuming somebody else's run",
    ascent(["--resume", calm], { uid: NOBODY, cwd: place }),
    calm,
    /permission denied \(EACCES\)/,
  );
  check("somebody else's run", digest(calm) === expected && readdirSync(others).length === 0, "was changed");
}

fullDisk();
noRights();
rmSync(place, { recursive: true, force: true });
for (const failure of failures) console.error(failure);
const result = { cases: cases.length, failures: failures.length, messages: cases };
console.log(JSON.stringify(result));
process.exitCode = failures.length === 0 ? 0 : 1;
