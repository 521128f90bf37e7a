/** What a loss is made of: its parts with their signs, and how to read each. */

import type { LossOfUpdate } from "../protocol.js";
import { figure } from "./figure.js";

type Part = NonNullable<LossOfUpdate["parts"]>[number];

/** How to read each part. A part of another name is an algorithm's own. */
const READING: Readonly<Record<string, (part: Part) => string>> = {
  policy: () =>
    "Minus what the surrogate gains: advantage times ratio, or times log π. Its slope teaches, not its size: advantages with mean 0 bring it near 0 whether the policy learns or not.",
  value: () =>
    "The squared error of V against its targets, in squared units of the return. It falls as V learns, and rises when returns grow, which is no setback.",
  entropy: ({ coefficient }) =>
    coefficient === 0
      ? "No bonus is set, so the policy gains nothing by staying undecided."
      : "The bonus for staying undecided, in nats. It shrinks towards 0 as the policy makes up its mind.",
};

export function LossBars({ loss }: { readonly loss: LossOfUpdate }) {
  const { total, parts, gradientSteps = 1, valueLoss } = loss;
  if (parts === undefined)
    return <p class="help">{`The loss was ${figure(total)}. This algorithm does not say what it is made of.`}</p>;
  const largest =
    Math.max(Math.abs(total), ...parts.map(({ coefficient, value }) => Math.abs(coefficient * value))) || 1;
  return (
    <section aria-label="The parts of the loss">
      <h3>What the loss was made of</h3>
      <p class="help">
        {gradientSteps === 1
          ? "The update took one gradient step on this loss."
          : `Means over the ${gradientSteps} gradient steps of the update.`}
      </p>
      <table class="loss">
        <tbody>
          {parts.map((part) => (
            <Row
              key={part.name}
              name={part.name}
              product={`${figure(part.coefficient)} × ${figure(part.value)}`}
              share={part.coefficient * part.value}
              largest={largest}
              help={READING[part.name]?.(part)}
            />
          ))}
          <Row name="loss" product="their sum" share={total} largest={largest} help={undefined} />
        </tbody>
      </table>
      {valueLoss !== undefined && !parts.some(({ name }) => name === "value") && (
        <p class="help">{`V is fitted separately, with its own loss: the mean of its squared error was ${figure(valueLoss)}.`}</p>
      )}
    </section>
  );
}

interface RowProps {
  readonly name: string;
  /** How the share comes about. */
  readonly product: string;
  readonly share: number;
  /** The size that fills half of the bar's place. */
  readonly largest: number;
  readonly help: string | undefined;
}

function Row({ name, product, share, largest, help }: RowProps) {
  const size = Math.abs(share) / largest;
  return (
    <>
      <tr class={name === "loss" ? "sum" : undefined}>
        <th scope="row">{name}</th>
        <td>{product}</td>
        <td class="signed">
          <svg viewBox="-1 0 2 1" preserveAspectRatio="none" aria-hidden="true">
            <rect x={share < 0 ? -size : 0} y={0.15} width={size} height={0.7} class="portion" />
            <line x1={0} x2={0} y1={0} y2={1} class="zero" />
          </svg>
        </td>
        <td data-share={share}>{figure(share)}</td>
      </tr>
      {help !== undefined && (
        <tr>
          <td colSpan={4} class="help">
            {help}
          </td>
        </tr>
      )}
    </>
  );
}
