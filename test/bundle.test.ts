import { describe, expect, it } from "vitest";
import { programs, sizeOf } from "../bench/bundle/bundles.mjs";

describe("a page downloads, after gzip,", () => {
  it.each(Object.entries(programs).map(([name, program]) => ({ name, ...program })))(
    "at most $most kB to $name",
    async ({ source, most }) => {
      const { gzipped } = await sizeOf(source);
      expect(gzipped / 1000).toBeLessThan(most);
      // Below half of it, the limit guards nothing.
      expect(gzipped / 1000).toBeGreaterThan(most / 2);
    },
  );
});
