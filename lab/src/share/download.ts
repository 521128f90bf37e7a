/** Milliseconds after which the browser has surely begun to save. */
const LATER = 10_000;

/** Gives the reader a file. */
export function download(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  Object.assign(document.createElement("a"), { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), LATER);
}
