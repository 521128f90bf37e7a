/** Text as it may stand between tags or in a quoted attribute; what XML can't hold becomes a blank or U+FFFD. */
export function escapeXml(text: string): string {
  return text
    .replaceAll(/\p{Cc}/gu, " ")
    .replaceAll(/[\p{Cs}\ufffe\uffff]/gu, "\ufffd")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/** A coordinate in hundredths of a pixel, written in the shortest way. */
export function decimal(value: number): string {
  return String(Math.round(value * 100) / 100 + 0);
}
