export { animatedSvg } from "./animated-svg.js";
export type { ColourDepth } from "./ansi.js";
export { type Canvas2D, toCanvas } from "./canvas.js";
export { type Pixels, toPixels } from "./pixels.js";
export type { Colour, Point, Scene, SceneShape, View } from "./scene.js";
export { sceneFault } from "./scene-fault.js";
export { toSvg } from "./svg.js";
export { toTerminal } from "./terminal.js";
