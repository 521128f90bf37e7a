import type { LookedAt } from "../../protocol.js";
import type { LabRun } from "../../state/lab.js";
import { open } from "../../views.js";
import { present } from "../present.js";
import { type Grid, sizeOf } from "./grid.js";
import { GridPicture } from "./grid-picture.js";
import { useLook } from "./live-look.js";

export function GridMap({ run, grid }: { readonly run: LabRun; readonly grid: Grid }) {
  const { live, place } = useLook(run, (): LookedAt => ({ kind: "states", count: sizeOf(grid) }));
  const found = live.value?.answer;
  const observation = present.value?.observation;
  return (
    <div ref={place} class="maps">
      {found === undefined ? (
        <p class="help">The first map is being made.</p>
      ) : (
        <GridPicture
          grid={grid}
          title={`The policy after ${found.updates} updates`}
          policy={found.numbers}
          values={found.values}
          state={typeof observation === "number" ? observation : undefined}
        />
      )}
      <p class="help">
        {"The longer an arrow, the likelier its action. "}
        {found === undefined || found.values !== undefined
          ? "The colour of a cell is V(s), as the run has learned it. "
          : "This run learns no values, so cells have no colours. "}
        <button type="button" class="quiet" onClick={() => open("tables")}>
          The exact optimum, in Tables
        </button>
      </p>
    </div>
  );
}
