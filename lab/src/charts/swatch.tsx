import { DASHES } from "./colours.js";
import { colourOf } from "./palette.js";

/** A piece of a run's line, with its colour and dashes. */
export function Swatch({ colour }: { readonly colour: number }) {
  return (
    <svg class="line-swatch" width="26" height="10" aria-hidden="true">
      <line
        x1="1"
        x2="25"
        y1="5"
        y2="5"
        style={{ stroke: colourOf(colour), strokeDasharray: DASHES[colour].join(" ") }}
      />
    </svg>
  );
}
