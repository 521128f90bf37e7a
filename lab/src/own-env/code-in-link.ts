/** Code as a part of a link: compressed, in letters that an address may have. */

/** Longer code is refused: a link of a few bytes could unpack to gigabytes. */
export const MOST_CODE = 200_000;

/** Deflate without a header, in base64url without padding. */
export async function encodeCode(code: string): Promise<string> {
  const stream = new Blob([code]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** @throws Error with a sentence for the reader, if the text is damaged or too long */
export async function decodeCode(text: string): Promise<string> {
  try {
    const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
    return await textOf(stream.getReader());
  } catch (error) {
    if (error instanceof TooLong) throw error;
    throw new Error("The code in the link is damaged. Perhaps the link was cut when it was copied.");
  }
}

class TooLong extends Error {}

async function textOf(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    text += decoder.decode(value, { stream: true });
    if (text.length > MOST_CODE) {
      await reader.cancel();
      throw new TooLong(`The code in the link is longer than ${MOST_CODE} characters.`);
    }
  }
}
