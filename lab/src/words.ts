/** `learningRate` → `learning rate` */
export function words(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** The value of a setting as it stands in a link. */
export function asText(value: unknown): string {
  if (value === null) return "none";
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.join(",");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
