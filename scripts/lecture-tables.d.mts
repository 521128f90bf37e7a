/** What the pages say was measured, by the number of the claim. */
export function statedMeasurements(): ReadonlyMap<number, string>;
