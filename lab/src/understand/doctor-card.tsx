import { Later } from "../later.js";
import type { LabRun } from "../state/lab.js";

const doctor = () => import("./doctor.js").then(({ Doctor }) => Doctor);

/** The doctor is loaded when there is something to read. */
export function DoctorCard({ run }: { readonly run: LabRun }) {
  return (
    <section class="card doctor" aria-label="What the doctor finds">
      <h2>Is it going well?</h2>
      {run.begun.value !== undefined && <Later load={doctor} run={run} />}
    </section>
  );
}
