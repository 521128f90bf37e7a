/** Keys that lead along the things of a picture, one by one. */

export interface Along {
  /** How many there are. */
  readonly count: number;
  /** The one that is read now. */
  readonly at: number | undefined;
  readonly go: (to: number | undefined) => void;
}

/** Whether the key means something here; what it means is done. */
export function goAlong(key: string, { count, at, go }: Along): boolean {
  if (count === 0) return false;
  const keys: Readonly<Record<string, number | undefined>> = {
    ArrowLeft: Math.max(0, (at ?? count) - 1),
    ArrowRight: Math.min(count - 1, (at ?? -1) + 1),
    Home: 0,
    End: count - 1,
    Escape: undefined,
  };
  if (!Object.hasOwn(keys, key)) return false;
  go(keys[key]);
  return true;
}

/** The same as a handler of events. Keys with Ctrl and the like are the browser's. */
export function keysAlong(along: Along): (event: KeyboardEvent) => void {
  return (event) => {
    if (!event.ctrlKey && !event.metaKey && !event.altKey && goAlong(event.key, along)) event.preventDefault();
  };
}
