/** Language models: the same update, on tokens. Three parts, from a world that can be listed to a person's own taste. */

import { signal } from "@preact/signals";
import type { ComponentType } from "preact";
import { CardsPart } from "./cards/cards-part.js";
import { ExactPart } from "./exact/exact-part.js";
import "./language.css";
import { trouble } from "./linguist.js";
import type { PartName } from "./protocol.js";
import { ReviewsPart } from "./reviews/reviews-part.js";

interface Part {
  readonly id: PartName;
  readonly label: string;
  readonly Component: ComponentType;
}

const PARTS: readonly Part[] = [
  { id: "exact", label: "Towards a known optimum", Component: ExactPart },
  { id: "reviews", label: "From preferences to a policy", Component: ReviewsPart },
  { id: "cards", label: "You are the judge", Component: CardsPart },
];

const chosen = signal<PartName>("exact");

export function LanguageRoom() {
  const { id, Component } = PARTS.find((part) => part.id === chosen.value) ?? PARTS[0];
  return (
    <div class="language">
      <fieldset class="actions language-parts" aria-label="Parts of this room">
        {PARTS.map((part) => (
          <button type="button" key={part.id} aria-pressed={part.id === id} onClick={() => (chosen.value = part.id)}>
            {part.label}
          </button>
        ))}
      </fieldset>
      {trouble.value !== undefined && (
        <p class="trouble" role="alert">
          {trouble.value}
        </p>
      )}
      <Component key={id} />
    </div>
  );
}
