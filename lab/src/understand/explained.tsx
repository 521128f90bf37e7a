/** One update: who got which credit and how much likelier each action became, what its loss is made of, and how far it went. */

import type { LabRun } from "../state/lab.js";
import { CreditOfSteps } from "./credit-of-steps.js";
import { LossBars } from "./loss-bars.js";
import { Ratios } from "./ratios.js";
import "./understand.css";

export function Explained({ run }: { readonly run: LabRun }) {
  const lesson = run.lesson.value;
  if (lesson === undefined) return <p>Nothing has been learned yet.</p>;
  return (
    <>
      <CreditOfSteps lesson={lesson} />
      <LossBars loss={lesson.loss} />
      <Ratios ratios={lesson.ratios} clipping={lesson.clipping} />
    </>
  );
}
