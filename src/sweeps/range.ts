/** Ranges from which a sweep draws a setting. */

/** Numbers from `from` to `to`, even on their scale: "log" for what acts by its ratio, such as a learning rate. */
export interface Range {
  readonly scale: "linear" | "log" | "1-log" | "integer" | "powers-of-two";
  readonly from: number;
  readonly to: number;
}
