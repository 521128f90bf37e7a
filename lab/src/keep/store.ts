/** Runs kept in the browser's own database, so that a closed tab loses at most some seconds of them. */

import type { Kept } from "./kept.js";

const STORE = "runs";

function opened(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open("ascent-lab", 1);
    request.onupgradeneeded = () => void request.result.createObjectStore(STORE, { keyPath: ["session", "run"] });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function inStore<T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await opened();
  try {
    return await new Promise<T>((resolve, reject) => {
      const transaction = database.transaction(STORE, mode);
      const request = work(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

export const put = (kept: Kept): Promise<unknown> => inStore("readwrite", (store) => store.put(kept));
export const all = (): Promise<Kept[]> => inStore("readonly", (store) => store.getAll() as IDBRequest<Kept[]>);
export const remove = (session: string, run: number): Promise<unknown> =>
  inStore("readwrite", (store) => store.delete([session, run]));
