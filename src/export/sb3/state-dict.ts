/** Reads the file that `torch.save(module.state_dict(), path)` writes: tensors of float32 by name. */

import { CorruptFileError, type NamedArray } from "../../formats/safetensors.js";
import { readPickle } from "./pickle.js";
import { isCall, isGlobal, isReference, type Pickled } from "./pickled.js";
import { readZip, type Zip } from "./zip.js";

/** The arrays of a state dict by name. @throws CorruptFileError for anything but a dict of float32 tensors */
export function readStateDict(bytes: Uint8Array): Map<string, NamedArray> {
  const zip = readZip(bytes);
  const pickle = zip.names.find((name) => name.endsWith("/data.pkl"));
  if (pickle === undefined) throw new CorruptFileError("this is not a file of torch.save: it has no data.pkl");
  const folder = pickle.slice(0, -"data.pkl".length);
  if (zip.names.includes(`${folder}byteorder`) && text(zip.read(`${folder}byteorder`)) !== "little")
    throw new CorruptFileError("these weights were saved on a big-endian machine");
  const dict = readPickle(zip.read(pickle));
  const entries = dict instanceof Map ? dict : isCall(dict) && dict.name === "collections.OrderedDict" && dict.entries;
  if (!entries) throw new CorruptFileError("this is not a state dict: it is no dict of tensors");
  return new Map(Array.from(entries, ([name, value]) => [String(name), tensorOf(String(name), value, zip, folder)]));
}

/** `torch._utils._rebuild_tensor_v2(storage, offset, shape, strides, …)`, where a storage is a file of the archive. */
function tensorOf(name: string, value: Pickled, zip: Zip, folder: string): NamedArray {
  if (!isCall(value) || value.name !== "torch._utils._rebuild_tensor_v2")
    throw new CorruptFileError(`${name} is no tensor`);
  const [storage, offset, shape, strides] = value.args;
  const raw = zip.read(`${folder}data/${storageKey(name, storage)}`);
  if (typeof offset !== "number" || !isLengths(shape) || !isLengths(strides) || shape.length !== strides.length)
    throw new CorruptFileError(`${name} has no shape`);
  const size = shape.reduce((product, length) => product * length, 1);
  // The strides of a tensor in row-major order. The stride of an axis of length 1 has no meaning.
  const contiguous = shape.every(
    (length, axis) => length === 1 || strides[axis] === shape.slice(axis + 1).reduce((product, n) => product * n, 1),
  );
  if (!contiguous) throw new CorruptFileError(`${name} is not stored in row-major order; save its contiguous() form`);
  if (!(4 * (offset + size) <= raw.length)) throw new CorruptFileError(`${name} is larger than its data`);
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  return { shape, values: Float32Array.from({ length: size }, (_, i) => view.getFloat32(4 * (offset + i), true)) };
}

/** The name of a storage's file: `("storage", torch.FloatStorage, key, device, size)`. */
function storageKey(name: string, storage: Pickled): string {
  const [what, type, key] = isReference(storage) && Array.isArray(storage.id) ? storage.id : [];
  if (what !== "storage" || !isGlobal(type) || typeof key !== "string")
    throw new CorruptFileError(`${name} has no storage`);
  if (type.name !== "torch.FloatStorage")
    throw new CorruptFileError(`${name} is a ${type.name}; allowed is torch.FloatStorage, which is float32`);
  return key;
}

function isLengths(value: Pickled): value is number[] {
  return Array.isArray(value) && value.every((length) => Number.isSafeInteger(length) && Number(length) >= 0);
}

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
