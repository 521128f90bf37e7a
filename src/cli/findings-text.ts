import type { Finding } from "../doctor/finding.js";
import type { Colours } from "./colour.js";
import { count } from "./figures.js";
import { oneLine } from "./printable.js";
import { wrap } from "./wrap.js";

/** Findings as paragraphs: severity and code, what was seen, why it matters, what to try. Commands are not wrapped. */
export function findingLines(findings: readonly Finding[], columns: number, colours: Colours): string[] {
  return findings.flatMap(({ code, severity, seen, why, tryNext }) => {
    const tone = severity === "error" ? colours.bad : severity === "warning" ? colours.warn : colours.faint;
    const body = [...wrap(oneLine(seen), columns - 2), ...wrap(why, columns - 2).map(colours.faint)];
    return [
      "",
      `${tone(severity)} ${colours.strong(code)}`,
      ...[...body, colours.accent(oneLine(tryNext))].map((line) => `  ${line}`),
    ];
  });
}

/** `1 error, 2 warnings, 0 notes`. */
export function summary(findings: readonly Finding[]): string {
  const of = (wanted: Finding["severity"]): string =>
    count(findings.filter(({ severity }) => severity === wanted).length, wanted);
  return `${of("error")}, ${of("warning")}, ${of("note")}. docs/doctor.md explains each.`;
}
