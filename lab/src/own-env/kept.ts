/** The visitor's own code, kept in this browser so that a reload does not lose it. */

const KEY = "ascent-lab-own-env";

export interface Kept {
  readonly code: string;
  /** As in a link: `algorithm=ppo&seed=0`. */
  readonly settings: string;
  /** The code that was there before an example or a link took its place. */
  readonly former: string | undefined;
}

/** Undefined if there is none, or none that can be read. */
export function kept(): Kept | undefined {
  try {
    const { code, settings, former } = JSON.parse(localStorage.getItem(KEY) ?? "{}") as Partial<
      Record<keyof Kept, unknown>
    >;
    if (typeof code !== "string" || typeof settings !== "string") return undefined;
    return { code, settings, former: typeof former === "string" ? former : undefined };
  } catch {
    return undefined;
  }
}

/** Returns whether there was room for it. */
export function keep(one: Kept): boolean {
  try {
    localStorage.setItem(KEY, JSON.stringify(one));
    return true;
  } catch {
    return false;
  }
}
