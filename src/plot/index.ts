export type { Bar, BarData } from "./bar-data.js";
export { type BarsOptions, bars } from "./bars.js";
export { type BarsSvgOptions, barsSvg } from "./bars-svg.js";
export { type ChartOptions, chart } from "./chart.js";
export { type ChartSvgOptions, chartSvg } from "./chart-svg.js";
export type { Scale, Scales } from "./scales.js";
export type { Level, Series } from "./series.js";
