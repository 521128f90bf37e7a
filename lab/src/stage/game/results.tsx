/** What somebody and the policy have reached from the same starts. */

import { short } from "../../number.js";

export interface Played {
  readonly seed: number;
  readonly you: number;
  readonly policy: number | undefined;
  /** The policy acted, and somebody took over. */
  readonly together: boolean;
}

/** Rows that are shown. */
const MOST_ROWS = 6;

export function Results({ played }: { readonly played: readonly Played[] }) {
  const both = played.filter(({ policy }) => policy !== undefined);
  const mean = (numbers: readonly number[]): number => numbers.reduce((sum, x) => sum + x, 0) / numbers.length;
  return (
    <table class="results">
      <caption>Returns from the same starts</caption>
      <thead>
        <tr>
          <th scope="col">start</th>
          <th scope="col">you</th>
          <th scope="col">the policy alone</th>
        </tr>
      </thead>
      <tbody>
        {played.slice(-MOST_ROWS).map(({ seed, you, policy, together }, i) => (
          <tr key={i}>
            <th scope="row">{`${seed}${together ? ", together" : ""}`}</th>
            <td>{short(you)}</td>
            <td>{policy === undefined ? "did not end" : short(policy)}</td>
          </tr>
        ))}
        {both.length > 1 && (
          <tr>
            <th scope="row">{`mean of ${both.length}`}</th>
            <td>{short(mean(both.map(({ you }) => you)))}</td>
            <td>{short(mean(both.map(({ policy }) => policy ?? 0)))}</td>
          </tr>
        )}
      </tbody>
    </table>
  );
}
