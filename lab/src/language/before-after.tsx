/** A model beside what it was before: figures over the same prompts, and what both write. */

import type { Assessment, Marks } from "ascent/language";
import { short } from "../number.js";

interface Row {
  readonly name: string;
  readonly of: (marks: Marks) => number;
  readonly text: (value: number) => string;
}

const two = (value: number): string => short(Number(value.toFixed(2)));
const percent = (value: number): string => `${Math.round(100 * value)} %`;

const ROWS: readonly Row[] = [
  { name: "gold score (−2 to 2)", of: ({ gold }) => gold, text: two },
  { name: "gold score of the likeliest answers", of: ({ greedyGold }) => greedyGold, text: two },
  { name: "valid reviews", of: ({ valid }) => valid, text: percent },
  { name: "tokens of a review", of: ({ length }) => length, text: (value) => value.toFixed(1) },
  { name: "KL from the reference, nats", of: ({ kl }) => kl, text: two },
];

export function BeforeAfter({ assessment }: { readonly assessment: Assessment }) {
  const { before, after, winRate, winInterval, samples } = assessment;
  return (
    <>
      <table class="before-after">
        <thead>
          <tr>
            <td />
            <th scope="col">before</th>
            <th scope="col">after</th>
          </tr>
        </thead>
        <tbody>
          {ROWS.map(({ name, of, text }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{text(of(before))}</td>
              <td>{text(of(after))}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>
        {`By the gold score, the trained model's answer is better for ${percent(winRate)} of the prompts (95 % interval: ${percent(winInterval[0])} to ${percent(winInterval[1])}).`}
      </p>
      <ul class="samples">
        {samples.map(({ before: was, after: is }, i) => (
          <li key={i}>
            <span>
              <b>before</b> {was.prompt}
              <em>{was.response}</em>
            </span>
            <span>
              <b>after</b> {is.prompt}
              <em>{is.response}</em>
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
