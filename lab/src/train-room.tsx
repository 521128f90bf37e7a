/** The first room: a run is trained, seen and shared. */

import { type Emphasis, RunCharts } from "./charts/run-charts.js";
import { OneControl } from "./controls/one-control.js";
import { Settings } from "./controls/settings.js";
import { TrainingTransport } from "./controls/transport.js";
import { RunList } from "./run-list.js";
import { sentenceOf } from "./sentence.js";
import { Share } from "./share/share.js";
import { Stage } from "./stage/stage.js";
import { selected } from "./state/lab.js";
import { places } from "./state/named.js";
import { DoctorCard } from "./understand/doctor-card.js";
import { UpdateLesson } from "./understand/update-lesson.js";

/** The selected run is the subject, and the others stay in sight. */
const emphasis: Emphasis = ({ runs }) => ({ faded: !runs.some((run) => run === selected.value) });

export function TrainRoom() {
  const run = selected.value;
  if (run === undefined) return <p class="sentence">The engine is starting.</p>;
  const begun = run.begun.value;
  return (
    <>
      <p class="sentence">{sentenceOf(run)}</p>
      {begun?.sameAsLinked === false && (
        <p class="trouble" role="alert">
          The link was made with settings that this version no longer has. The run below may have other bits.
        </p>
      )}
      {begun?.warning !== undefined && <p class="trouble">{begun.warning}</p>}
      <div class="grid">
        <div class="column">
          <Stage key={run.id} run={run} />
          <OneControl run={run} />
          <Settings run={run} />
        </div>
        <div class="column">
          <RunCharts places={places} emphasis={emphasis} threshold={begun?.threshold} />
          <TrainingTransport run={run} />
          <RunList />
          <DoctorCard key={run.id} run={run} />
          <UpdateLesson key={run.id} run={run} />
          <Share run={run} />
        </div>
      </div>
    </>
  );
}
