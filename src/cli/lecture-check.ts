import type { Claim } from "../lecture/claim.js";
import type { Colours } from "./colour.js";
import { printableJson } from "./printable.js";
import { DONE, FAILED } from "./subcommand.js";
import { wrap } from "./wrap.js";

/** Measures claims one by one, writes a line for each, and returns the exit code: 1 if a measurement contradicts its verdict. */
export function checkClaims(
  claims: readonly Claim[],
  { columns, style, json }: { columns: number; style: Colours; json: boolean },
): number {
  const found: object[] = [];
  let failed = 0;
  for (const { check, ...claim } of claims) {
    const evidence = check();
    if (!evidence.passes) failed++;
    if (json) found.push({ ...claim, ...evidence });
    else process.stdout.write(`${linesOf(claim, evidence, columns, style).join("\n")}\n`);
  }
  const total = `${claims.length - failed} of ${claims.length} claims are measured as their verdicts say.`;
  process.stdout.write(json ? `${printableJson(found, 2)}\n` : `\n${failed === 0 ? total : style.bad(total)}\n`);
  return failed === 0 ? DONE : FAILED;
}

/** Where the text of a claim begins. */
const MARGIN = 21;

function linesOf(
  { number, verdict, says }: Omit<Claim, "check">,
  { passes, measured }: ReturnType<Claim["check"]>,
  columns: number,
  { good, bad, warn, faint, strong }: Colours,
): readonly string[] {
  const tone = verdict === "holds" ? good : verdict === "holds if" ? warn : bad;
  const lines = [
    ...wrap(says, columns - MARGIN),
    ...wrap(passes ? measured : `NOT SO: ${measured}`, columns - MARGIN).map(passes ? faint : strong),
  ];
  const head = `${String(number).padStart(3)}  ${tone(verdict.padEnd(MARGIN - 5))}`;
  return lines.map((line, i) => (i === 0 ? head : " ".repeat(MARGIN)) + line);
}
