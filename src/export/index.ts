/** Trained policies as files that run anywhere. */

export { toDeclaration } from "./declaration.js";
export type { ExportOptions } from "./export-options.js";
export { toModule } from "./module.js";
export { toOnnx } from "./onnx.js";
export { fromStableBaselines3, type StableBaselines3Options } from "./sb3/stable-baselines3.js";
export { toTorch } from "./torch.js";
