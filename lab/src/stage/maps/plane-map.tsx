import { useSignal } from "@preact/signals";
import type { Look, LookedAt } from "../../protocol.js";
import type { LabRun } from "../../state/lab.js";
import { namesOf } from "../action-names.js";
import { middleOf } from "../density.js";
import { present } from "../present.js";
import { type Coordinate, titleOf } from "./coordinates.js";
import { HeatMap } from "./heat-map.js";
import { useLook } from "./live-look.js";

/** Cells along each side. */
const SIZE = 48;

export function PlaneMap({ run, coordinates }: { readonly run: LabRun; readonly coordinates: readonly Coordinate[] }) {
  const across = useSignal(0);
  const up = useSignal(1);
  const fixed = useSignal<"present" | "zero">("present");
  const shown = useSignal<number | undefined>(undefined);
  const begun = run.begun.value;
  const space = begun?.spaces?.observation;
  const length = space?.kind === "box" ? space.low.length : 0;
  const { live, place } = useLook(run, (): LookedAt => {
    const observation = present.peek()?.observation;
    const base = fixed.peek() === "present" && typeof observation === "object" ? observation : zeros(length);
    return {
      kind: "grid",
      axes: [coordinates[across.peek()].axis, coordinates[up.peek()].axis],
      size: SIZE,
      base,
    };
  });

  const found = live.value?.answer;
  const at = live.value?.question;
  const action = begun?.spaces?.action;
  const names = namesOf(begun?.config.env, action);
  const width = found === undefined ? 0 : found.kind === "normal" ? found.width / 2 : found.width;
  const nameOf = (a: number): string => {
    if (found?.kind === "normal") return `mean of ${names?.[a] ?? `number ${a + 1}`}`;
    return `π(${names?.[a] ?? a})`;
  };
  const quantity = Math.min(shown.value ?? Math.max(0, width - 1), Math.max(0, width - 1));
  const limits = action?.kind === "box" ? limitsOf(action.low[quantity], action.high[quantity]) : undefined;
  const observation = present.value?.observation;
  const state = typeof observation === "object" ? observation : undefined;
  const axes = at?.kind === "grid" ? at.axes : undefined;
  const drawn = (axis: number): Coordinate | undefined =>
    coordinates.find((coordinate) => coordinate.axis === axes?.[axis]);
  const [x, y] = [drawn(0), drawn(1)];
  return (
    <div ref={place} class="maps">
      <div class="picks">
        <Pick label="to the right" coordinates={coordinates} chosen={across} other={up} />
        <Pick label="upwards" coordinates={coordinates} chosen={up} other={across} />
        {coordinates.length > 2 && (
          <label>
            other numbers
            <select
              value={fixed.value}
              onChange={({ currentTarget }) => (fixed.value = currentTarget.value as "present" | "zero")}
            >
              <option value="present">as at the present state</option>
              <option value="zero">0</option>
            </select>
          </label>
        )}
        {width > 1 && (
          <label>
            show
            <select value={quantity} onChange={({ currentTarget }) => (shown.value = Number(currentTarget.value))}>
              {Array.from({ length: width }, (_, a) => (
                <option key={a} value={a}>
                  {nameOf(a)}
                </option>
              ))}
            </select>
          </label>
        )}
      </div>
      {found === undefined || x === undefined || y === undefined ? (
        <p class="help">The first map is being made.</p>
      ) : (
        <div class="planes">
          <HeatMap
            title={nameOf(quantity)}
            cells={cellsOf(found, quantity, limits)}
            size={SIZE}
            across={x}
            up={y}
            ends={found.kind === "choices" ? [0, 1] : limits}
            state={state}
          />
          {found.values !== undefined && (
            <HeatMap title="value V(s)" cells={found.values} size={SIZE} across={x} up={y} state={state} />
          )}
        </div>
      )}
      <p class="help">
        {`The ring is the state on the stage. ${found === undefined ? "" : `After ${found.updates} updates. `}${
          found?.values === undefined ? "" : "V has the units of the rewards that the algorithm sees. "
        }`}
        {found !== undefined && found.values === undefined && "This run learns no values. "}
        {found?.fresh && "The policy has a memory: the map shows what it does in the first step of an episode."}
      </p>
    </div>
  );
}

function Pick({
  label,
  coordinates,
  chosen,
  other,
}: {
  readonly label: string;
  readonly coordinates: readonly Coordinate[];
  readonly chosen: { value: number };
  readonly other: { value: number };
}) {
  return (
    <label>
      {label}
      <select
        value={chosen.value}
        onChange={({ currentTarget }) => {
          const next = Number(currentTarget.value);
          if (next === other.value) other.value = chosen.value;
          chosen.value = next;
        }}
      >
        {coordinates.map((coordinate, i) => (
          <option key={coordinate.name} value={i}>
            {titleOf(coordinate)}
          </option>
        ))}
      </select>
    </label>
  );
}

/** One number of every state. A mean is what the environment gets of it: squashed, or within the bounds. */
function cellsOf(
  { kind, squashed, width, numbers }: Look,
  quantity: number,
  limits: readonly [number, number] | undefined,
): Float32Array {
  const cells = numbers.filter((_, i) => i % width === quantity);
  if (kind === "choices" || limits === undefined) return cells;
  const [low, high] = limits;
  return cells.map((mean) =>
    squashed ? middleOf({ mean, deviation: 0, squashed, low, high }) : Math.min(high, Math.max(low, mean)),
  );
}

function limitsOf(low: number | null, high: number | null): readonly [number, number] | undefined {
  return low === null || high === null ? undefined : [low, high];
}

function zeros(length: number): number[] {
  return new Array<number>(length).fill(0);
}
