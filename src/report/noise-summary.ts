import type { Diagnostics } from "../algorithms/algorithm.js";

/** The gradient noise of a whole run, from its measurements (`--gradient-noise`). */
export class NoiseSummary {
  private measurements = 0;
  private batchSteps = 0;
  private noise = 0;
  private signal = 0;

  /** Adds an update that learned from so many steps, if its noise was measured. */
  add(steps: number, { gradientVariance, signalToNoise }: Diagnostics): void {
    if (gradientVariance === undefined || signalToNoise === undefined) return;
    this.measurements++;
    this.batchSteps += steps;
    this.noise += steps * gradientVariance;
    this.signal += gradientVariance * signalToNoise;
  }

  /**
   * The critical batch over all measurements, as a sentence: the mean of steps · tr Σ over the mean of |G|², because the ratios
   * of single measurements are noisy and biased. Undefined without measurements.
   */
  get sentence(): string | undefined {
    const { measurements, batchSteps, noise, signal } = this;
    if (measurements === 0) return undefined;
    const usual = Math.round(batchSteps / measurements);
    const seen = `${measurements} ${measurements === 1 ? "measurement" : "measurements"}, in batches of ${usual} steps on average`;
    return signal > 0
      ? `Critical batch ${Number((noise / signal).toPrecision(2))} steps: the gradient has as much noise as signal in a batch of that size (${seen}).`
      : `Noise hides the gradient's direction (${seen}): the critical batch is far larger.`;
  }
}
