import { writeAtomically } from "./write-file.js";

/** The file of the best policy. It is written only when the policy is another one. */
export class BestFile {
  private readonly path: string;
  private saved: Uint8Array | undefined;

  constructor(path: string) {
    this.path = path;
  }

  /** @throws FileError */
  save(best: Uint8Array | undefined): void {
    if (best === undefined || (this.saved !== undefined && Buffer.compare(best, this.saved) === 0)) return;
    writeAtomically(this.path, best);
    this.saved = best;
  }
}
