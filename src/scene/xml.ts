/**
 * Escapes a text for use between tags or in a quoted attribute. Characters that XML cannot hold become a blank or
 * U+FFFD.
 */
export function escapeXml(text: string): string {
  return text
    .replaceAll(/\p{Cc}/gu, " ")
    .replaceAll(/[\p{Cs}\ufffe\uffff]/gu, "\ufffd")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/** A coordinate rounded to hundredths of a pixel, in the shortest notation. */
export function decimal(value: number): string {
  return String(Math.round(value * 100) / 100 + 0);
}
