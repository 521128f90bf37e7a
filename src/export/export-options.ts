/** The metadata of an exported file. */
export interface ExportOptions {
  /** Free text about the policy's origin, such as `{ environment: "CartPole-v1", seed: "0" }`. Stored unchanged. */
  readonly about?: Readonly<Record<string, string>>;
}
