/** The claims of a chapter: what is said, whether it holds, why, and the measurement, which can be made anew. */

import { useSignal } from "@preact/signals";
import type { ClaimText } from "../../../pages/chapters.js";
import { Html } from "../html.js";
import type { Evidence } from "../protocol.js";
import { measureClaim } from "../teacher.js";

export function Claims({ claims }: { readonly claims: readonly ClaimText[] }) {
  return (
    <ul class="claims">
      {claims.map((claim) => (
        <OneClaim key={claim.number} claim={claim} />
      ))}
    </ul>
  );
}

export const TONES: Readonly<Record<string, string>> = {
  holds: "good",
  "holds if": "perhaps",
  "does not hold": "bad",
};

function OneClaim({ claim: { number, says, verdict, because, measured } }: { readonly claim: ClaimText }) {
  const found = useSignal<Evidence | "measuring" | Error | undefined>(undefined);
  const measure = (): void => {
    found.value = "measuring";
    measureClaim(number).then(
      (evidence) => (found.value = evidence as Evidence),
      (error: Error) => (found.value = error),
    );
  };
  const now = found.value;
  return (
    <li class="card claim">
      <div class="says">
        <span class="quiet-text">{number}</span>
        <Html html={says} />
        <span class={`claim-tag ${TONES[verdict]}`}>{verdict}</span>
      </div>
      <Html html={because} />
      <div class="measured">
        <Html html={measured} />
        <button
          type="button"
          disabled={now === "measuring"}
          onClick={measure}
          aria-label={`Measure claim ${number} anew`}
        >
          Measure
        </button>
      </div>
      <p role="status">
        {now === "measuring" && "It is being measured."}
        {now instanceof Error && now.message}
        {typeof now === "object" && "measured" in now && (
          <>
            <span class={now.passes ? "same" : "bad"}>{now.passes ? "Measured just now:" : "Not so:"}</span>{" "}
            {now.measured}
          </>
        )}
      </p>
    </li>
  );
}
