/**
 * TensorBoard's events as protocol buffers: the few fields of `tensorflow/core/util/event.proto` and `summary.proto` that a
 * curve needs, with their numbers there.
 */

const EVENT = { wallTime: 1, step: 2, fileVersion: 3, summary: 5, sessionLog: 7 } as const;
const SUMMARY = { value: 1 } as const;
const VALUE = { tag: 1, simpleValue: 2 } as const;
const SESSION_LOG = { status: 1 } as const;

/** The version that readers look for at the beginning of a file. */
const FILE_VERSION = "brain.Event:2";
/** `SessionLog.START`: readers forget what they have from its step on. */
const START = 1;

/** The kinds of a field on the wire. */
const Wire = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;

/** A value of a curve. */
export type Scalar = readonly [tag: string, value: number];

/** The first event of a file. `wallTime` in seconds since 1970. */
export function versionEvent(wallTime: number): Buffer {
  return Buffer.concat([double(EVENT.wallTime, wallTime), text(EVENT.fileVersion, FILE_VERSION)]);
}

/** The event that a run goes on: `step` is the first one to come. */
export function startEvent(wallTime: number, step: number): Buffer {
  const log = varintField(SESSION_LOG.status, START);
  return Buffer.concat([stamp(wallTime, step), message(EVENT.sessionLog, log)]);
}

/** The values of a step, as float32. */
export function scalarsEvent(wallTime: number, step: number, scalars: readonly Scalar[]): Buffer {
  const values = scalars.map(([tag, value]) =>
    message(SUMMARY.value, Buffer.concat([text(VALUE.tag, tag), float(VALUE.simpleValue, value)])),
  );
  return Buffer.concat([stamp(wallTime, step), message(EVENT.summary, Buffer.concat(values))]);
}

function stamp(wallTime: number, step: number): Buffer {
  return Buffer.concat([double(EVENT.wallTime, wallTime), varintField(EVENT.step, step)]);
}

function key(field: number, wire: number): Buffer {
  return varint(field * 8 + wire);
}

/** Seven bits a byte, the lowest first; the highest bit says that more follow. Steps may exceed 32 bits. */
function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  return Buffer.from([...bytes, rest]);
}

function varintField(field: number, value: number): Buffer {
  return Buffer.concat([key(field, Wire.varint), varint(value)]);
}

function message(field: number, content: Uint8Array): Buffer {
  return Buffer.concat([key(field, Wire.bytes), varint(content.length), content]);
}

function text(field: number, value: string): Buffer {
  return message(field, Buffer.from(value));
}

function double(field: number, value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(value);
  return Buffer.concat([key(field, Wire.fixed64), bytes]);
}

function float(field: number, value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return Buffer.concat([key(field, Wire.fixed32), bytes]);
}
