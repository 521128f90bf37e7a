/** The doctor: why a run does not learn, and what to try next. */

export type { ProbeCheck, ProbeResult } from "./algorithm/probe.js";
export { probeAlgorithm } from "./algorithm/probe-algorithm.js";
export type { ProbeOptions } from "./algorithm/run-probe.js";
export { envFindings } from "./env/env-findings.js";
export { type Ending, playAtRandom, type RandomEpisode, type RandomPlay } from "./env/random-play.js";
export type { Examination } from "./examine/examination.js";
export { type ExamineOptions, examine } from "./examine/examine.js";
export type { ElementScale } from "./examine/scales.js";
export type { LayerUnits } from "./examine/units.js";
export type { Finding, SettingsToTry, Severity } from "./finding.js";
export { inspect } from "./inspect/inspect.js";
export type { Flags, Inspection, InspectOptions, Learned, LoopUpdate, Numbers } from "./inspect/loop.js";
export { diagnoseLanguage, type LanguageFacts } from "./language/diagnose-language.js";
export { diagnose } from "./run/diagnose.js";
export type { RunFacts } from "./run/run-figures.js";
export type { Trained } from "./run/try-next.js";
