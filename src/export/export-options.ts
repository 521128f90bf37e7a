/** What a file says about its origin. */
export interface ExportOptions {
  /** Anything worth knowing later: `{ environment: "CartPole-v1", seed: "0" }`. Kept in the file as it is. */
  readonly about?: Readonly<Record<string, string>>;
}
