import { algorithmEntry } from "../algorithms/registry.js";
import { typedValue } from "../options.js";

/** `--grid gamma=0.9,0.99`: the grid of a preset, as it is typed. Empty if the preset has none, or if there is no such preset. */
export function presetGrid(algorithm: string, preset: string): string {
  const { presets } = algorithmEntry(algorithm);
  const { grid = {} } = Object.hasOwn(presets, preset) ? presets[preset] : {};
  const axes = Object.entries(grid).map(([name, values]) => `--grid ${name}=${values.map(typedValue).join(",")}`);
  return axes.join(" ");
}
