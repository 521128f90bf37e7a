/**
 * Runs contestants in turn, round after round, each in its own process pinned to one core, and compares them by the ratios
 * within a round. A machine that slows down for a while therefore slows all contestants.
 *
 * A contestant is a command whose last line of output is
 *   {"name": …, "versions": {…}, "metrics": {"act_us": 43.5, …}, "check": {"firstLoss": …}}
 * A metric whose name ends in _ns, _us, _ms or seconds is better when lower, any other when higher.
 */
import { execFileSync, spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { median } from "./stopwatch.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** The interpreter that has bench/requirements.txt: $PYTHON, the clone's .venv, or python3. */
export function python() {
  const local = `${ROOT}.venv/bin/python`;
  return process.env.PYTHON ?? (existsSync(local) ? local : "python3");
}

/**
 * @param contestants [{ name, command: [...] or round => [...], env?, cores? }]; commands run in the root of the repository,
 *   on one core unless `cores` says more
 * @param bars [{ label, ours: "name.metric", rival: "name.metric", atLeast? }] for the ratio of the two figures, above 1 where
 *   ours is better, or [{ label, ours, atLeast? | atMost? }] for the figure itself. Without a bound it is only reported.
 * @param agree { key: tolerance }: the values of all contestants under `check` must agree, relative to the largest
 * @param output the path of results.json
 */
export async function race({ name, seed = 0, rounds = 5, contestants, bars = [], agree = {}, output }) {
  const finished = [];
  for (let round = 0; round < rounds; round++) {
    const results = {};
    for (const contestant of rotated(contestants, round)) {
      process.stderr.write(`\r\x1b[K${name}: round ${round + 1} of ${rounds}, ${contestant.name}`);
      results[contestant.name] = await run(contestant, round);
    }
    checkAgreement(results, agree);
    finished.push(results);
  }
  process.stderr.write("\r\x1b[K");
  const result = {
    bench: name,
    seed,
    rounds,
    commit: commit(),
    machine: machine(),
    versions: Object.assign({}, ...Object.values(finished[0]).map((one) => one.versions)),
    contestants: Object.fromEntries(
      contestants.map((one) => [one.name, figures(finished.map((round) => round[one.name]))]),
    ),
    checks: Object.fromEntries(contestants.map((one) => [one.name, finished[0][one.name].check ?? {}])),
    bars: bars.map((bar) => judged(bar, finished)),
  };
  print(result);
  if (output) writeFileSync(output, `${JSON.stringify(result, null, 1)}\n`);
  return result;
}

function rotated(list, by) {
  const at = by % list.length;
  return [...list.slice(at), ...list.slice(0, at)];
}

/** Runs one contestant once and returns its result. */
export function run({ name, command, env, cores = 1 }, round = 0) {
  const wanted = typeof command === "function" ? command(round) : command;
  const [program, ...rest] = cores === 1 ? pinned(wanted) : wanted;
  return new Promise((resolve, reject) => {
    const child = spawn(program, rest, {
      cwd: ROOT,
      // Seconds since 1970, for contestants whose time includes the start of the process.
      env: { ...process.env, BENCH_STARTED: String(Date.now() / 1000), ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let [out, err] = ["", ""];
    child.stdout.on("data", (chunk) => (out += chunk));
    child.stderr.on("data", (chunk) => (err += chunk));
    child.on("error", reject);
    child.on("close", (code) => {
      if (code !== 0) return reject(new Error(`${name} ended with ${code}:\n${err}`));
      try {
        resolve(JSON.parse(out.trim().split("\n").at(-1)));
      } catch {
        reject(new Error(`${name}: the last line is not JSON:\n${out}${err}`));
      }
    });
  });
}

let taskset;
/** Pins a command to the last core if the system has taskset; otherwise the scheduler chooses. */
export function pinned(command) {
  taskset ??= process.platform === "linux" && existsSync("/usr/bin/taskset");
  return taskset ? ["/usr/bin/taskset", "-c", String(cpus().length - 1), ...command] : command;
}

function checkAgreement(results, agree) {
  for (const [key, tolerance] of Object.entries(agree)) {
    const said = Object.entries(results).filter(([, one]) => one.check?.[key] !== undefined);
    const values = said.map(([, one]) => one.check[key]);
    const spread = Math.max(...values) - Math.min(...values);
    if (!(spread <= tolerance * Math.max(...values.map(Math.abs)))) {
      const list = said.map(([name, one]) => `${name} ${one.check[key]}`).join(", ");
      throw new Error(`the contestants do not do the same work: ${key} is ${list}`);
    }
  }
}

function figures(results) {
  return Object.fromEntries(
    Object.keys(results[0].metrics).map((key) => [key, spread(results.map((one) => one.metrics[key]))]),
  );
}

function spread(values) {
  return { median: median(values), min: Math.min(...values), max: Math.max(...values) };
}

const lowerIsBetter = (metric) => /(_ns|_us|_ms|seconds)$/.test(metric);

function judged(bar, finished) {
  const read = (path, round) => {
    const [name, metric] = path.split(".");
    const value = round[name]?.metrics[metric];
    if (value === undefined) throw new Error(`bar "${bar.label}": no contestant reports ${path}`);
    return value;
  };
  const values = finished.map((round) => {
    const ours = read(bar.ours, round);
    if (!bar.rival) return ours;
    return lowerIsBetter(bar.ours) ? read(bar.rival, round) / ours : ours / read(bar.rival, round);
  });
  const result = { ...bar, ...spread(values) };
  const bounded = bar.atLeast !== undefined || bar.atMost !== undefined;
  return bounded
    ? { ...result, reached: result.median >= (bar.atLeast ?? -Infinity) && result.median <= (bar.atMost ?? Infinity) }
    : result;
}

/** Cloud machines often hide the name of the processor, but not its family or its vector width. */
export function machine() {
  const info = existsSync("/proc/cpuinfo") ? readFileSync("/proc/cpuinfo", "utf8") : "";
  const field = (key) => new RegExp(`^(?:${key})\\s*: (.*)$`, "m").exec(info)?.[1];
  const vectors = ["avx512f", "avx2", "asimd"].find((flag) => field("flags|Features")?.split(" ").includes(flag));
  return {
    cpu: cpus()[0].model.trim(),
    family: field("cpu family"),
    model: field("model"),
    vectors,
    cores: cpus().length,
    platform: `${process.platform} ${process.arch}`,
  };
}

export function commit() {
  const git = (...words) => execFileSync("git", words, { cwd: ROOT, encoding: "utf8" }).trim();
  try {
    return (
      git("rev-parse", "--short=12", "HEAD") +
      (git("status", "--porcelain", "--untracked-files=no") ? " with changes" : "")
    );
  } catch {
    return "unknown";
  }
}

function print({ bench, machine, versions, rounds, contestants, bars }) {
  console.log(
    `${bench}: ${machine.cpu}, ${Object.entries(versions)
      .map((pair) => pair.join(" "))
      .join(", ")}; medians of ${rounds} rounds (lowest to highest)\n`,
  );
  table(
    Object.entries(contestants).flatMap(([name, metrics]) =>
      Object.entries(metrics).map(([metric, s]) => [
        name,
        metric,
        short(s.median),
        `${short(s.min)} to ${short(s.max)}`,
      ]),
    ),
  );
  if (bars.length === 0) return;
  console.log("");
  table(
    bars.map((bar) => {
      const bound =
        bar.atLeast !== undefined ? `at least ${bar.atLeast}` : bar.atMost !== undefined ? `at most ${bar.atMost}` : "";
      return [
        bar.label,
        short(bar.median) + (bar.rival ? "×" : ""),
        `${short(bar.min)} to ${short(bar.max)}`,
        bound,
        bound && (bar.reached ? "reached" : "MISSED"),
      ];
    }),
  );
}

function short(x) {
  return Math.abs(x) >= 1000 ? Math.round(x).toLocaleString("en-GB") : String(Number(x.toPrecision(3)));
}

function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  for (const row of rows)
    console.log(
      row
        .map((cell, column) =>
          /^[-\d]/.test(cell) && column > 0 ? cell.padStart(widths[column]) : cell.padEnd(widths[column]),
        )
        .join("  ")
        .trimEnd(),
    );
}
