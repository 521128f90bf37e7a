/** The templates for many machines are valid, and their command lines are those of this version. */

import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it, vi } from "vitest";
import { parse } from "yaml";
import { subcommands } from "../src/cli/subcommands.js";
import { tokenise } from "../src/cli/tokens.js";
import { root } from "./root.js";

const folder = join(root, "examples/many-machines");
const place = mkdtempSync(join(tmpdir(), "ascent-templates-"));
afterAll(() => rmSync(place, { recursive: true, force: true }));

const text = (name: string): string => readFileSync(join(folder, name), "utf8");

/** A program in `place` with these lines. Returns its folder. */
function program(path: string, lines: readonly string[]): string {
  mkdirSync(join(place, path, ".."), { recursive: true });
  writeFileSync(join(place, path), `#!/bin/sh\n${lines.join("\n")}\n`);
  chmodSync(join(place, path), 0o755);
  return join(place, path, "..");
}

/** The number of runs that `ascent sweep` would plan for these arguments. */
async function planned(args: readonly string[]): Promise<number> {
  const { subcommand } = await subcommands.sweep.load();
  const written: string[] = [];
  const spy = vi.spyOn(process.stdout, "write").mockImplementation((chunk) => written.push(String(chunk)) > 0);
  try {
    await subcommand.run({ tokens: tokenise([...args, "--dry-run", "--json"]), imports: [] });
  } finally {
    spy.mockRestore();
  }
  return (JSON.parse(written.join("")) as { runs: number }).runs;
}

/** The flags among these arguments that `ascent worker` does not know. */
async function unknownToWorker(args: readonly string[]): Promise<string[]> {
  const { subcommand } = await subcommands.worker.load();
  const known = subcommand.flags([]).flatMap(({ flags }) => Object.keys(flags));
  return tokenise(args).flatMap((token) => (token.kind === "option" && !known.includes(token.name) ? token.name : []));
}

describe("the template for SLURM", () => {
  const variables = { SLURM_ARRAY_TASK_ID: "3", SLURM_ARRAY_JOB_ID: "77", SLURM_CPUS_PER_TASK: "4" };
  const said = join(place, "said");
  const begin = (path: string) => {
    const env = { ...process.env, ...variables, PATH: `${path}:${process.env.PATH}` };
    return spawn("bash", [join(folder, "slurm.sh")], { cwd: place, env, stdio: ["ignore", "pipe", "inherit"] });
  };

  it("trains the part of its task in the shared folder", async () => {
    program("node_modules/.bin/ascent", [`printf '%s\\n' "$@" > ${said}`]);
    expect(await once(begin(place), "exit")).toEqual([0, null]);
    const [word, ...args] = readFileSync(said, "utf8").trim().split("\n");
    expect(word).toBe("sweep");
    expect(args.join(" ")).toContain("--shard 3/16 --jobs 4 --out runs/rates");
    expect(await planned(args)).toBe(120);
  });

  it.each([
    ["asks to be queued again where it runs out of time", "SIGUSR1", "requeue 77_3"],
    ["does not where it was cancelled", "SIGTERM", ""],
  ] as const)("%s", async (_, signal, asked) => {
    const bin = program("bin/scontrol", [`printf '%s' "$*" > ${said}`]);
    writeFileSync(said, "");
    // As the sweep does: it saves at the first TERM. Where it is cancelled, SLURM sends it one itself.
    const wait = "while :; do sleep 0.05; done";
    program("node_modules/.bin/ascent", ["trap 'exit 143' TERM", `echo $$`, wait]);
    const script = begin(bin);
    const [line] = (await once(script.stdout, "data")) as [Buffer];
    script.kill(signal);
    if (signal === "SIGTERM") process.kill(Number(line), "SIGTERM");
    expect(await once(script, "exit")).toEqual([143, null]);
    expect(readFileSync(said, "utf8")).toBe(asked);
  });
});

describe("the templates for Kubernetes", () => {
  it("train part 3 of 16 in the pod with index 2, and end the job where the command line is wrong", async () => {
    const { spec } = parse(text("kubernetes-shards.yaml"));
    const [container] = spec.template.spec.containers;
    const path = program("kubernetes/node", [`printf '%s\\n' "$@"`]);
    const [shell, ...words] = [...container.command, ...container.args];
    const env = { PATH: `${path}:${process.env.PATH}`, JOB_COMPLETION_INDEX: "2" };
    const [, word, ...args] = spawnSync(shell, words, { env, encoding: "utf8" }).stdout.trim().split("\n");
    expect(word).toBe("sweep");
    expect(args.join(" ")).toContain(`--shard 3/${spec.completions} `);
    expect(await planned(args)).toBe(120);
    expect(spec).toMatchObject({ completionMode: "Indexed", backoffLimitPerIndex: 6 });
    // Both need it.
    expect(spec.template.spec.restartPolicy).toBe("Never");
    expect(spec.podFailurePolicy.rules.at(-1)).toEqual({
      action: "FailJob",
      onExitCodes: { operator: "In", values: [2] },
    });
  });

  it("start workers whose queue is a secret", async () => {
    const { spec } = parse(text("kubernetes-workers.yaml"));
    expect(spec.template.metadata.labels).toEqual(spec.selector.matchLabels);
    const { containers, volumes } = spec.template.spec;
    const [word, ...args] = containers[0].args;
    expect([word, await unknownToWorker(args)]).toEqual(["worker", []]);
    expect(containers[0].env[0].valueFrom.secretKeyRef).toEqual({ name: "ascent-queue", key: "url" });
    expect(volumes.map(({ name }: { name: string }) => name)).toEqual(["scratch"]);
  });
});

describe.each(["compose.yaml", "compose.postgres.yaml"])("the template %s", (name) => {
  it("has a queue with a password from outside, and workers that come after it", async () => {
    const { services, volumes } = parse(text(name));
    const [[store, queue], ...others] = Object.entries<Record<string, never>>(services);
    expect(others.map(([service]) => service)).toEqual(["worker", "sweep"]);
    for (const [, { depends_on, environment }] of others) {
      expect(depends_on).toEqual({ [store]: { condition: "service_healthy" } });
      expect(new URL((environment as { ASCENT_QUEUE: string }).ASCENT_QUEUE).hostname).toBe(store);
    }
    expect(JSON.stringify(queue)).toContain("QUEUE_PASSWORD");
    expect(Object.keys(volumes)).toEqual(["queue"]);
    const [word, ...args] = services.worker.command;
    expect([word, await unknownToWorker(args)]).toEqual(["worker", []]);
  });
});
