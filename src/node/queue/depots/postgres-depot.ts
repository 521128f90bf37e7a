/** A depot in the PostgreSQL database of the queue: one row a file. */

import type { PgPool } from "bullmq";
import type { Depot } from "./depot.js";

/** Several workers may come at the same time, and CREATE TABLE IF NOT EXISTS is not safe against itself. */
const TABLE = `
  SELECT pg_advisory_xact_lock(20261130);
  CREATE TABLE IF NOT EXISTS ascent_files
    (run text NOT NULL, name text NOT NULL, bytes bytea NOT NULL, PRIMARY KEY (run, name))`;

export async function postgresDepot(pool: PgPool, shown: string): Promise<Depot> {
  await pool.query(TABLE);
  return {
    shown,
    async put(run, name, bytes) {
      await pool.query(
        "INSERT INTO ascent_files VALUES ($1, $2, $3) ON CONFLICT (run, name) DO UPDATE SET bytes = $3",
        [run, name, Buffer.from(bytes)],
      );
    },
    async get(run, name) {
      const { rows } = await pool.query<{ bytes: Buffer }>(
        "SELECT bytes FROM ascent_files WHERE run = $1 AND name = $2",
        [run, name],
      );
      return rows[0]?.bytes;
    },
    async list(run) {
      const { rows } = await pool.query<{ name: string }>("SELECT name FROM ascent_files WHERE run = $1", [run]);
      return rows.map(({ name }) => name);
    },
    async remove(run) {
      await pool.query("DELETE FROM ascent_files WHERE run = $1", [run]);
    },
    close: () => pool.end(),
  };
}
