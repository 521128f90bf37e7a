// Ways to damage a checkpoint. Each generator takes valid bytes and random numbers and yields [description, bytes].
import { createHash } from "node:crypto";

const DIGEST_AT = 8 + '{"__metadata__":{"sha256":"'.length;

/** Corrects the checksum of a changed file, as an attacker would. */
export function sealed(bytes) {
  const copy = Uint8Array.from(bytes);
  if (copy.length < DIGEST_AT + 64) return copy;
  copy.fill(48, DIGEST_AT, DIGEST_AT + 64);
  copy.set(new TextEncoder().encode(createHash("sha256").update(copy).digest("hex")), DIGEST_AT);
  return copy;
}

export function split(bytes) {
  const headerLength = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  const text = new TextDecoder().decode(bytes.subarray(8, 8 + headerLength)).trimEnd();
  return { text, data: bytes.subarray(8 + headerLength), headerLength };
}

/** A file with this header and data; `length` may misstate the length of the header. */
export function join(text, data, length) {
  const header = typeof text === "string" ? new TextEncoder().encode(text) : text;
  const padded = Math.ceil(header.length / 8) * 8;
  const bytes = new Uint8Array(8 + padded + data.length).fill(32, 8, 8 + padded);
  new DataView(bytes.buffer).setBigUint64(0, length ?? BigInt(padded), true);
  bytes.set(header, 8);
  bytes.set(data, 8 + padded);
  return bytes;
}

/** Accidents: a truncated file, flipped bits, and bytes overwritten, removed or inserted somewhere. */
export function accident(bytes, rng) {
  const place = (n = bytes.length) => Math.floor(rng.random() * n);
  const kinds = [
    () => ["cut off", bytes.slice(0, place())],
    () => {
      const copy = bytes.slice();
      copy[place()] ^= 1 << place(8);
      return ["one bit flipped", copy];
    },
    () => {
      const copy = bytes.slice();
      const start = place();
      copy.set(
        Uint8Array.from({ length: Math.min(1 + place(64), copy.length - start) }, () => place(256)),
        start,
      );
      return ["bytes overwritten", copy];
    },
    () => {
      const start = place();
      return ["bytes lost", Uint8Array.from([...bytes.subarray(0, start), ...bytes.subarray(start + 1 + place(64))])];
    },
    () => {
      const start = place();
      const piece = bytes.subarray(start, start + 1 + place(64));
      return ["bytes doubled", Uint8Array.from([...bytes.subarray(0, start), ...piece, ...bytes.subarray(start)])];
    },
    () => ["zeros from here on", bytes.slice().fill(0, place())],
    () => ["bytes appended", Uint8Array.from([...bytes, ...Array.from({ length: 1 + place(64) }, () => place(256))])],
  ];
  return kinds[place(kinds.length)]();
}

const HOSTILE = [
  ...[
    null,
    true,
    0,
    -1,
    1.5,
    1e308,
    2 ** 53,
    2 ** 31,
    -(2 ** 40),
    "",
    "x",
    "__proto__",
    "\u0000",
    "NaN",
    [],
    {},
    [[]],
    [1, -1],
    [1e9, 1e9],
  ],
  ...[[2 ** 26, 2 ** 27], { __proto__: null, constructor: 1 }, "🙂".repeat(50), Array.from({ length: 1000 }, () => 1)],
];

/** Attacks: one changed value in the header, the settings or the state, with a correct checksum. */
export function malice(bytes, rng) {
  const pick = (list) => list[Math.floor(rng.random() * list.length)];
  const { text, data } = split(bytes);
  const header = JSON.parse(text);
  const where = pick(["header", "header", "config", "state", "state", "data"]);
  if (where === "data") {
    const copy = data.slice();
    const hostile = pick([NaN, Infinity, -Infinity, 1e38, -0, 1e-45]);
    new DataView(copy.buffer).setFloat32(4 * Math.floor(rng.random() * (copy.length / 4)), hostile, true);
    return [`a number of the data is ${hostile}`, sealed(join(text, copy))];
  }
  if (where === "header") return [`header: ${change(header, rng)}`, sealed(join(JSON.stringify(header), data))];
  const inner = JSON.parse(header.__metadata__[where]);
  if (inner === null) return malice(bytes, rng);
  const done = change(inner, rng);
  header.__metadata__[where] = JSON.stringify(inner);
  return [`${where}: ${done}`, sealed(join(JSON.stringify(header), data))];
}

/** Changes, removes or adds one thing at a random place of a tree. */
function change(tree, rng) {
  const below = (n) => Math.floor(rng.random() * n);
  let parent = tree;
  let key = Object.keys(tree)[below(Object.keys(tree).length)];
  const path = [key];
  while (
    typeof parent[key] === "object" &&
    parent[key] !== null &&
    Object.keys(parent[key]).length > 0 &&
    rng.random() < 0.8
  ) {
    parent = parent[key];
    key = Object.keys(parent)[below(Object.keys(parent).length)];
    path.push(key);
  }
  const value = HOSTILE[below(HOSTILE.length)];
  const kind = below(4);
  if (kind === 0) {
    delete parent[key];
    return `${path.join(".")} is gone`;
  }
  if (kind === 1) {
    parent[`${key}2`] = value;
    return `${path.join(".")}2 is added`;
  }
  parent[key] = typeof parent[key] === "number" && kind === 3 ? parent[key] + (rng.random() < 0.5 ? 1 : -0.5) : value;
  return `${path.join(".")} = ${String(JSON.stringify(parent[key])).slice(0, 40)}`;
}

/** Headers designed to break a reader of the format, as pairs of a name and bytes. */
export function hostileHeaders(bytes) {
  const { text, data } = split(bytes);
  const edited = (edit) => {
    const header = JSON.parse(text);
    edit(header, Object.keys(header)[1]);
    return sealed(join(JSON.stringify(header), data));
  };
  const raw = (from, to) => sealed(join(text.replace(from, to), data));
  const first = Object.keys(JSON.parse(text))[1];
  const lies = [
    0n,
    1n,
    7n,
    2n ** 31n,
    100_000_001n,
    2n ** 53n,
    2n ** 63n,
    2n ** 64n - 1n,
    BigInt(bytes.length),
    BigInt(bytes.length - 8),
  ];
  const entry = (change) => edited((header, name) => Object.assign(header[name], change));
  const meta = (change) => edited((header) => Object.assign(header.__metadata__, change));
  const nested = (depth) => "[".repeat(depth) + "]".repeat(depth);
  const deepShape = raw(/"shape":\[[^\]]*\]/, `"shape":${nested(100_000)}`);
  return [
    ["an empty file", new Uint8Array(0)],
    ...[1, 7, 8, 9, 100].map((n) => [`the first ${n} bytes alone`, bytes.slice(0, n)]),
    ...lies.map((length) => [`a header that claims ${length} bytes`, sealed(join(text, data, length))]),
    ["a header that is an array", sealed(join(`[${text}]`, data))],
    ["a header that is no JSON", sealed(join(text.slice(0, -1), data))],
    ["a byte order mark", sealed(join(`\ufeff${text}`, data))],
    ["a NUL in the header", raw(`"${first}"`, `"\u0000"`)],
    ["bytes that are not UTF-8", sealed(Uint8Array.from(bytes, (byte, i) => (i === 120 ? 0xff : byte)))],
    [
      "a name twice",
      sealed(join(`${text.slice(0, -1)},"${first}":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}`, data)),
    ],
    ["metadata twice", sealed(join(`${text.slice(0, -1)},"__metadata__":{}}`, data))],
    [
      "a name __proto__",
      sealed(join(`${text.slice(0, -1)},"__proto__":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}}`, data)),
    ],
    [
      "a name constructor",
      edited((header) => Object.assign(header, { constructor: { dtype: "F32", shape: [0], data_offsets: [0, 0] } })),
    ],
    [
      "an empty name",
      edited((header) => Object.assign(header, { "": { dtype: "F32", shape: [0], data_offsets: [0, 0] } })),
    ],
    [
      "a name of a megabyte",
      edited((header) =>
        Object.assign(header, { ["n".repeat(1e6)]: { dtype: "F32", shape: [0], data_offsets: [0, 0] } }),
      ),
    ],
    [
      "a hundred thousand names",
      edited((header) =>
        Object.assign(
          header,
          Object.fromEntries(
            Array.from({ length: 1e5 }, (_, i) => [`t${i}`, { dtype: "F32", shape: [0], data_offsets: [0, 0] }]),
          ),
        ),
      ),
    ],
    ...["F16", "f32", "", "__proto__", null, 7, ["F32"]].map((dtype) => [
      `dtype ${JSON.stringify(dtype)}`,
      entry({ dtype }),
    ]),
    ...[[-1], [1.5], [2 ** 53], [2 ** 32, 2 ** 32], [0], ["4"], [null], "4", null, {}, Array(1e5).fill(1)].map(
      (shape) => [`shape ${JSON.stringify(shape).slice(0, 40)}`, entry({ shape })],
    ),
    ["shape 1e999", raw(/"shape":\[[^\]]*\]/, '"shape":[1e999]')],
    ["shape nested 100,000 deep", deepShape],
    ...[[-4, 4], [4, 0], [0, 2 ** 53], [0, 1e12], [1, 5], [0.5, 4.5], [0], [0, 4, 8], null, "0,4", [[0], [4]]].map(
      (offsets) => [`offsets ${JSON.stringify(offsets)}`, entry({ data_offsets: offsets })],
    ),
    [
      "a hole before the first array",
      edited((header, name) => (header[name].data_offsets = header[name].data_offsets.map((at) => at + 4))),
    ],
    [
      "two arrays in one place",
      edited((header, name) => (header[Object.keys(header)[2]].data_offsets = header[name].data_offsets)),
    ],
    ["bytes that belong to nothing", sealed(join(text, Uint8Array.from([...data, 0, 0, 0, 0])))],
    ["an array lost", edited((header, name) => delete header[name])],
    ["metadata that is a number", meta({ config: 7 })],
    ["metadata that is an object", meta({ state: { a: 1 } })],
    ["no metadata but the checksum", edited((header) => (header.__metadata__ = { sha256: "0".repeat(64) }))],
    ["settings that are no JSON", meta({ config: "{" })],
    ["settings nested 100,000 deep", meta({ config: nested(100_000) })],
    ["settings null", meta({ config: "null" })],
    ["state null", meta({ state: "null" })],
    ["state nested 100,000 deep", meta({ state: nested(100_000) })],
    ["another format", meta({ ascent: "999" })],
    ["another kind", meta({ kind: "policy" })],
    ...[Infinity, NaN, -1, 0.5].map((steps) => [
      `optimisers that have made ${steps} steps`,
      stepsOf(text, data, steps),
    ]),
    [
      "a network of 10 GB",
      meta({
        config: JSON.stringify({
          ...JSON.parse(JSON.parse(text).__metadata__.config),
          options: { ...JSON.parse(JSON.parse(text).__metadata__.config).options, hidden: [50_000, 50_000] },
        }),
      }),
    ],
  ];
}

/** The same file with a different step count in every optimiser. */
function stepsOf(text, data, steps) {
  const copy = data.slice();
  for (const [name, { data_offsets: offsets }] of Object.entries(JSON.parse(text))) {
    if (name.endsWith(".steps")) new DataView(copy.buffer).setFloat32(offsets[0], steps, true);
  }
  return sealed(join(text, copy));
}
