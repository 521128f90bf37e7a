/** Trained policies as files that run anywhere. */

export type { ExportOptions } from "./export-options.js";
export { toModule } from "./module.js";
export { toOnnx } from "./onnx.js";
