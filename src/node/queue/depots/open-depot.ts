/** The depot that `--files` names: the queue's own store, storage with the protocol of S3, or a shared folder. */

import { MOST_IN_STORE } from "../run-files.js";
import type { Store } from "../store.js";
import type { Depot } from "./depot.js";
import { folderDepot } from "./folder-depot.js";
import { s3Depot } from "./s3-depot.js";

export interface OpenDepot {
  readonly depot: Depot;
  /** Bytes that a run may have there. */
  readonly most: number;
}

/** @throws ConfigError */
export async function openDepot(files: string | undefined, store: Store): Promise<OpenDepot> {
  if (files === undefined) return { depot: await store.depot(), most: MOST_IN_STORE };
  const depot = files.startsWith("s3://") ? await s3Depot(files) : folderDepot(files);
  return { depot, most: Number.POSITIVE_INFINITY };
}
