/** Runs as they are shown: one by one, and the seeds of a group as one. */

export interface InPlace {
  readonly id: number;
  readonly colour: number;
  readonly group: number | undefined;
}

export interface Place<R extends InPlace> {
  /** Stays the same as long as the place has a run. */
  readonly key: string;
  readonly colour: number;
  /** In the order in which they were begun. */
  readonly runs: readonly R[];
  readonly group: boolean;
}

export function placesOf<R extends InPlace>(runs: readonly R[]): Place<R>[] {
  const places = new Map<string, R[]>();
  for (const run of runs) {
    const key = run.group === undefined ? `run ${run.id}` : `group ${run.group}`;
    const others = places.get(key);
    if (others === undefined) places.set(key, [run]);
    else others.push(run);
  }
  return [...places].map(([key, own]) => ({
    key,
    colour: own[0].colour,
    runs: own,
    group: own[0].group !== undefined,
  }));
}
