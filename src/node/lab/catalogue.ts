/**
 * The runs and sweeps that are known, with the order in which they changed. A *revision* counts changes. Whoever knows one
 * can be told what has changed since, so nothing has to be kept for a reader, however slow.
 */

import type { LabChanges, LabFolder, LabRun, LabSweep } from "./answers.js";
import type { Place } from "./open-file.js";

/** Entries of one answer: about half a megabyte. */
const MOST_CHANGES = 1000;
/** Removed ids that are remembered. */
const MOST_REMOVED = 10_000;

type Entry = { readonly place: Place } & (
  | { readonly kind: "run"; readonly shown: LabRun }
  | { readonly kind: "sweep"; readonly shown: LabSweep }
);
type Kept = Entry & { readonly text: string; readonly revision: number };

export class Catalogue {
  /** By id. The last changed stands last. */
  private readonly entries = new Map<string, Kept>();
  /** The revisions in which ids were removed, in order. */
  private readonly removed = new Map<string, number>();
  /** What was removed up to this revision is not known any more. */
  private forgotten = 0;
  private last = 0;
  private folders: readonly LabFolder[] = [];
  private complete = false;

  get revision(): number {
    return this.last;
  }

  find(id: string): Entry | undefined {
    return this.entries.get(id);
  }

  /** The runs of a sweep. */
  runsOf(sweep: string): Place[] {
    return [...this.entries.values()].flatMap(({ kind, shown, place }) =>
      kind === "run" && shown.sweep === sweep ? place : [],
    );
  }

  /** Notes an entry as it is now. If nothing of it has changed, that is no change. */
  put(entry: Entry): void {
    const { id } = entry.shown;
    const text = JSON.stringify(entry.shown);
    if (this.entries.get(id)?.text === text) return;
    this.entries.delete(id);
    this.removed.delete(id);
    this.entries.set(id, { ...entry, text, revision: ++this.last });
  }

  remove(id: string): void {
    if (!this.entries.delete(id)) return;
    this.removed.set(id, ++this.last);
    if (this.removed.size > MOST_REMOVED) this.forget();
  }

  /** Notes what is to be said of the folders themselves, and whether all have been looked through. */
  note(folders: readonly LabFolder[], complete: boolean): void {
    if (complete === this.complete && JSON.stringify(folders) === JSON.stringify(this.folders)) return;
    this.folders = folders;
    this.complete = complete;
    this.last++;
  }

  /** What has changed after a revision; after 0, or one that is not known, everything. */
  since(revision: number): LabChanges {
    const anew = revision === 0 || revision < this.forgotten || revision > this.last;
    const after = anew ? 0 : revision;
    const changed = [...this.entries.values()].filter((entry) => entry.revision > after);
    const removed = anew ? [] : [...this.removed].filter(([, at]) => at > after);
    const revisions = [...changed.map((entry) => entry.revision), ...removed.map(([, at]) => at)].sort((a, b) => a - b);
    const more = revisions.length > MOST_CHANGES;
    const upTo = more ? revisions[MOST_CHANGES - 1] : this.last;
    const told = changed.filter((entry) => entry.revision <= upTo);
    return {
      revision: upTo,
      anew,
      more,
      complete: this.complete && !more,
      folders: this.folders,
      runs: told.flatMap((entry) => (entry.kind === "run" ? entry.shown : [])),
      sweeps: told.flatMap((entry) => (entry.kind === "sweep" ? entry.shown : [])),
      removed: removed.flatMap(([id, at]) => (at <= upTo ? id : [])),
    };
  }

  /** Forgets what was removed. Entries get new revisions, so that whoever now begins anew does not come to older ones. */
  private forget(): void {
    this.removed.clear();
    this.forgotten = this.last;
    for (const [id, entry] of [...this.entries]) {
      this.entries.delete(id);
      this.entries.set(id, { ...entry, revision: ++this.last });
    }
  }
}
