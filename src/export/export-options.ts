import { requireKnown } from "../options.js";

/** The metadata of an exported file. */
export interface ExportOptions {
  /** Free text about the policy's origin, such as `{ environment: "CartPole-v1", seed: "0" }`. Stored unchanged. */
  readonly about?: Readonly<Record<string, string>>;
  /** The version of Ascent, which an ONNX model names as its producer's. The command line fills it in. */
  readonly version?: string;
}

const NAMES: readonly string[] = ["about", "version"];

/** The options with their defaults. @throws ConfigError for an unknown one, with the nearest known one */
export function resolveExport(options: ExportOptions = {}): Required<ExportOptions> {
  requireKnown(options, NAMES);
  const { about = {}, version = "" } = options;
  return { about, version };
}
