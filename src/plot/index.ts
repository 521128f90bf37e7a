export { type ChartOptions, chart } from "./chart.js";
export { type ChartSvgOptions, chartSvg } from "./chart-svg.js";
export type { Level, Series } from "./series.js";
