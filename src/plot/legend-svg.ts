import { decimal, escapeXml } from "../scene/xml.js";
import { LETTER, LINE } from "./svg-text.js";

/** A label, and the attributes of the short line before it. */
export interface Key {
  readonly label: string;
  readonly mark: string;
}

/** A legend, and how many rows of text it takes. */
export interface Legend {
  readonly rows: number;
  readonly drawing: string;
}

/** The keys side by side, in as many rows as they need. */
export function legendSvg(keys: readonly Key[], width: number): Legend {
  if (keys.length === 0) return { rows: 0, drawing: "" };
  let x = 0;
  let row = 0;
  const drawing = keys.map(({ label, mark }) => {
    const wide = 22 + LETTER * label.length;
    if (x > 0 && x + wide > width - 24) {
      x = 0;
      row++;
    }
    const y = row * LINE;
    const key = `<path d="M${decimal(x)},${y + 6}h14" ${mark}/><text x="${decimal(x + 20)}" y="${y + 10}">${escapeXml(label)}</text>`;
    x += wide + 14;
    return key;
  });
  return { rows: row + 1, drawing: drawing.join("") };
}
