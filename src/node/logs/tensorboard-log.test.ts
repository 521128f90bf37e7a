import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Update } from "../../training/types.js";
import type { LoggedRun } from "./log-sink.js";
import { TensorboardLog } from "./tensorboard-log.js";
import { crc32c, maskedCrc, tfRecord } from "./tf-record.js";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe("CRC-32C", () => {
  // The vectors of RFC 3720, B.4, and the usual check value.
  test.each([
    [new Uint8Array(32), 0x8a9136aa],
    [new Uint8Array(32).fill(255), 0x62a8ab43],
    [Uint8Array.from({ length: 32 }, (_, i) => i), 0x46dd794e],
    [Uint8Array.from({ length: 32 }, (_, i) => 31 - i), 0x113fdb5c],
    [bytes("123456789"), 0xe3069283],
    [new Uint8Array(0), 0],
  ])("of %s is %d", (data, crc) => {
    expect(crc32c(data)).toBe(crc);
  });

  test("is masked as LevelDB and TensorFlow do", () => {
    // ((0xe3069283 >>> 15) | (0xe3069283 << 17)) + 0xa282ead8, by hand
    expect(maskedCrc(bytes("123456789"))).toBe(0xc78ab0e5);
  });
});

test("a record is its length, a checksum of that, the data, and a checksum of them", () => {
  const record = tfRecord(bytes("abc"));
  expect(record.toString("hex", 0, 8)).toBe("0300000000000000");
  expect(record.readUInt32LE(8)).toBe(maskedCrc(record.subarray(0, 8)));
  expect(record.toString("latin1", 12, 15)).toBe("abc");
  expect(record.readUInt32LE(15)).toBe(maskedCrc(bytes("abc")));
  expect(record).toHaveLength(19);
});

type Value = number | Uint8Array;

/** The fields of a protocol buffer, in order. */
function fields(data: Buffer): [field: number, value: Value][] {
  const found: [number, Value][] = [];
  let at = 0;
  const varint = (): number => {
    for (let value = 0, scale = 1; ; scale *= 128) {
      value += (data[at] & 127) * scale;
      if (data[at++] < 128) return value;
    }
  };
  while (at < data.length) {
    const key = varint();
    const wire = key & 7;
    if (wire === 0) found.push([key >> 3, varint()]);
    else {
      const length = wire === 1 ? 8 : wire === 5 ? 4 : varint();
      const value = data.subarray(at, at + length);
      found.push([key >> 3, wire === 1 ? value.readDoubleLE() : wire === 5 ? value.readFloatLE() : value]);
      at += length;
    }
  }
  return found;
}

/** The events of a file: wall time, step, and what else they hold. */
function eventsOf(path: string): unknown[] {
  const data = readFileSync(path);
  const events: unknown[] = [];
  for (let at = 0; at < data.length; ) {
    const length = Number(data.readBigUInt64LE(at));
    const event = data.subarray(at + 12, at + 12 + length);
    expect(data.readUInt32LE(at + 8)).toBe(maskedCrc(data.subarray(at, at + 8)));
    expect(data.readUInt32LE(at + 12 + length)).toBe(maskedCrc(event));
    const { 1: time, 2: step, 3: version, 5: summary, 7: session } = Object.fromEntries(fields(event));
    const values =
      summary === undefined ? undefined : fields(summary as Buffer).map(([, value]) => fields(value as Buffer));
    const scalars = values?.map(([[, tag], [, value]]) => [String(tag), value]);
    events.push({
      time,
      ...(step !== undefined && { step }),
      ...(version !== undefined && { version: String(version) }),
      ...(scalars && { scalars: Object.fromEntries(scalars) }),
      ...(session !== undefined && { session: fields(session as Buffer) }),
    });
    at += 16 + length;
  }
  return events;
}

function update(n: number, lengths: readonly number[]): Update {
  const diagnostics = { loss: 0.5, entropy: 0.25, gradientNorm: 1, learningRate: 0.125, klK3: 2 ** -6, klK1: 2 ** -7 };
  const averageReturn = lengths.length === 0 ? Number.NaN : 9;
  const info = { won: 0.75 };
  return {
    update: n,
    episodes: 2 * n,
    steps: 2 ** 33 * n,
    returns: [],
    lengths,
    lastSteps: [],
    averageReturn,
    info,
    diagnostics,
  };
}

const run = (folder: string, rest: Partial<LoggedRun> = {}): LoggedRun => ({
  folder,
  config: {} as LoggedRun["config"],
  updates: 0,
  steps: 0,
  lengths: [],
  ...rest,
});

test("updates have Stable-Baselines3's names at the run's steps, which may exceed 32 bits", () => {
  const folder = mkdtempSync(join(tmpdir(), "ascent-"));
  let now = 1_700_000_000_000;
  const log = new TensorboardLog(run(folder), () => now);
  now += 2000;
  log.write(update(1, []));
  log.write(update(2, [3, 9]));
  log.evaluated({
    update: 2,
    episodes: 4,
    steps: 7,
    mean: 1.5,
    lengths: [2, 4],
    returns: [],
    interval: [0, 0],
    min: 0,
    max: 0,
  });
  log.close();
  const [name] = readdirSync(folder);
  expect(name).toBe("events.out.tfevents.000001.ascent");
  const always = {
    "time/time_elapsed": 2,
    "train/loss": 0.5,
    "train/entropy_loss": -0.25,
    "train/gradient_norm": 1,
    "train/learning_rate": 0.125,
    "train/approx_kl": 2 ** -6,
    "train/kl_k1": 2 ** -7,
    "rollout/info_won": 0.75,
  };
  const later = 1_700_000_002;
  expect(eventsOf(join(folder, name))).toEqual([
    { time: 1_700_000_000, version: "brain.Event:2" },
    {
      time: later,
      step: 2 ** 33,
      scalars: { "time/iterations": 1, "time/total_timesteps": 2 ** 33, "time/fps": 2 ** 32, ...always },
    },
    {
      time: later,
      step: 2 ** 34,
      scalars: {
        "time/iterations": 2,
        "time/total_timesteps": 2 ** 34,
        "time/fps": 2 ** 33,
        "rollout/ep_rew_mean": 9,
        "rollout/ep_len_mean": 6,
        ...always,
      },
    },
    { time: later, step: 7, scalars: { "eval/mean_reward": 1.5, "eval/mean_ep_length": 3 } },
  ]);
});

test("a resumed run begins a file that says at which step it goes on, and counts the episodes before", () => {
  const folder = mkdtempSync(join(tmpdir(), "ascent-"));
  new TensorboardLog(run(folder)).close();
  const log = new TensorboardLog(run(folder, { updates: 3, steps: 300, lengths: Array(100).fill(10) }), () => 5000);
  log.write({ ...update(4, [60]), steps: 400 });
  log.close();
  const second = "events.out.tfevents.000002.ascent";
  expect(readdirSync(folder).sort()[1]).toBe(second);
  const [first, start, written] = eventsOf(join(folder, second));
  expect(first).toEqual({ time: 5, version: "brain.Event:2" });
  expect(start).toEqual({ time: 5, step: 301, session: [[1, 1]] });
  expect(written).toMatchObject({ step: 400, scalars: { "rollout/ep_len_mean": 10.5 } });
});
