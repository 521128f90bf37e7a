/** The model that comes with Ascent, fetched when somebody first needs it. */

let bytes: Promise<Uint8Array> | undefined;

/** @throws Error if it can't be fetched; the next call tries again */
export function shippedModel(address: string): Promise<Uint8Array> {
  bytes ??= fetched(address);
  bytes.catch(() => (bytes = undefined));
  return bytes;
}

async function fetched(address: string): Promise<Uint8Array> {
  let response: Response;
  try {
    response = await fetch(address);
  } catch {
    throw new Error("The model could not be fetched. Is there a connection?");
  }
  if (!response.ok) throw new Error(`The model could not be fetched: the host answered ${response.status}.`);
  return new Uint8Array(await response.arrayBuffer());
}
