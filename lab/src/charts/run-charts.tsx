/** The curves of runs: the return large, the diagnostics small. */

import { type ReadonlySignal, useComputed } from "@preact/signals";
import { useCallback } from "preact/hooks";
import { ChartBar } from "./chart-bar.js";
import { averaged } from "./chart-view.js";
import type { ChartedPlace } from "./charted.js";
import { Curves } from "./curves.js";
import { curvesOf, DETAILS, has, type Look, type Metric, RETURN, tablesOf, wholeOf } from "./metrics.js";
import { colourOf } from "./palette.js";
import { LEAST_SEEDS } from "./seeds.js";
import type { Range } from "./thin.js";

/** What stands out from the others. */
export type Emphasis = (place: ChartedPlace) => Pick<Look, "faded" | "strong">;

export interface RunChartsProps {
  readonly places: ReadonlySignal<readonly ChartedPlace[]>;
  /** Reads signals. */
  readonly emphasis: Emphasis;
  /** One chart of returns for each place, instead of one for all. */
  readonly apart?: boolean;
  readonly threshold: number | undefined;
  /** The small charts. */
  readonly details?: readonly Metric[];
}

export function RunCharts(props: RunChartsProps) {
  const { places, emphasis, apart = false, threshold, details = DETAILS } = props;
  const whole = useCallback(() => wholeOf(places.peek()), [places]);
  const watch = useCallback(() => {
    averaged.value;
    for (const place of places.value) {
      emphasis(place);
      for (const { version } of place.runs) version.value;
    }
  }, [places, emphasis]);
  const mean = averaged.value === 0 ? "" : `, and the mean of the last ${averaged.value}`;
  return (
    <section class="card charts" aria-label="Learning">
      <h2>{`Return of each episode${mean}`}</h2>
      <ChartBar whole={whole} />
      {apart ? (
        <div class="apart">
          {places.value.map(({ key }) => (
            <OneOf key={key} own={key} {...props} whole={whole} watch={watch} />
          ))}
        </div>
      ) : (
        <Metered metric={RETURN} height={260} {...{ places, emphasis, watch, whole, threshold }} />
      )}
      <Seeds places={places.value} />
      {!apart && (
        <div class="small-charts">
          {details.map((metric) => (
            <Detail key={metric.name} metric={metric} {...{ places, emphasis, watch, whole }} />
          ))}
        </div>
      )}
    </section>
  );
}

interface MeteredProps {
  readonly metric: Metric;
  readonly places: ReadonlySignal<readonly ChartedPlace[]>;
  readonly emphasis: Emphasis;
  readonly watch: () => void;
  readonly whole: () => Range;
  readonly height: number;
  readonly threshold?: number | undefined;
}

function Metered({ metric, places, emphasis, watch, whole, height, threshold }: MeteredProps) {
  const curves = useCallback(
    (seen: Range) => places.peek().flatMap((place) => curvesOf(place, metric, lookOf(place, emphasis), seen)),
    [metric, places, emphasis],
  );
  const table = useCallback(() => tablesOf(places.peek(), metric), [metric, places]);
  return <Curves label={metric.label} {...{ curves, watch, whole, height, threshold, table }} />;
}

function Detail(props: Omit<MeteredProps, "height" | "threshold">) {
  const { metric, places } = props;
  // Reports come many times a second, and the answer changes once.
  const known = useComputed(() =>
    places.value.some(({ runs }) => runs.some(({ history, version }) => version.value >= 0 && has(history, metric))),
  );
  return known.value ? <Metered {...props} height={120} /> : null;
}

/** The returns of one place, on the axes of all. */
function OneOf({
  own,
  places,
  watch,
  whole,
  threshold,
}: RunChartsProps & { readonly own: string; readonly watch: () => void; readonly whole: () => Range }) {
  const ofPlace = useCallback(
    (place: ChartedPlace, seen: Range) => curvesOf(place, RETURN, lookOf(place, plain), seen),
    [],
  );
  const curves = useCallback(
    (seen: Range) => places.peek().flatMap((place) => (place.key === own ? ofPlace(place, seen) : [])),
    [own, places],
  );
  const company = useCallback((seen: Range) => places.peek().flatMap((place) => ofPlace(place, seen)), [places]);
  const table = useCallback(
    () =>
      tablesOf(
        places.peek().filter(({ key }) => key === own),
        RETURN,
      ),
    [own, places],
  );
  const name = places.value.find(({ key }) => key === own)?.name ?? "";
  return <Curves label={name} height={150} {...{ curves, company, watch, whole, threshold, table }} />;
}

const plain: Emphasis = () => ({ faded: false });

function lookOf(place: ChartedPlace, emphasis: Emphasis): Look {
  return { colour: colourOf(place.colour), dash: place.colour, ...emphasis(place) };
}

/** Says what is drawn of groups of seeds. */
function Seeds({ places }: { readonly places: readonly ChartedPlace[] }) {
  const sizes = new Set(places.filter(({ group }) => group).map(({ runs }) => runs.length));
  return (
    <>
      {[...sizes].map((n) => (
        <p key={n} class="legend">
          {n >= LEAST_SEEDS
            ? `Group of ${n} seeds: the line is their mean, the band goes from the least to the largest of the ${n}. Both end where the first seed ends; thin lines are seeds that went on.`
            : `Group of ${n} ${n === 1 ? "seed" : "seeds"}: drawn one by one, because a band of fewer than ${LEAST_SEEDS} says little.`}
        </p>
      ))}
    </>
  );
}
