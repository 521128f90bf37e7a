/** The metadata of an exported file. */
export interface ExportOptions {
  /** Free text about the policy's origin, such as `{ environment: "CartPole-v1", seed: "0" }`. Stored unchanged. */
  readonly about?: Readonly<Record<string, string>>;
  /** The version of Ascent, which an ONNX model names as its producer's. The command line fills it in. */
  readonly version?: string;
}
