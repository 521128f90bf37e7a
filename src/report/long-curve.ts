import { type Dot, thin } from "../plot/thin.js";

/** The most points that are kept. The chart is about 1,000 pixels wide, and shows four points a pixel at most. */
const MOST = 8192;
/** Stretches that a curve which is too long is divided into. At most four points of each are kept. */
const STRETCHES = MOST / 8;

/** A curve that is thinned as it grows, so that its memory is bounded. Its spikes keep their height. */
export class LongCurve {
  x: number[] = [];
  y: number[] = [];

  add(x: number, y: number): void {
    this.x.push(x);
    this.y.push(y);
    if (this.x.length > MOST) this.thin();
  }

  private thin(): void {
    const dots = this.x.map((x, i): Dot => ({ x, y: this.y[i] }));
    const width = (dots[dots.length - 1].x - dots[0].x) / STRETCHES;
    // Values that can't be drawn leave a gap, which is too narrow to be seen in a curve of this length.
    const drawable = dots.filter(({ y }) => Number.isFinite(y));
    const kept = thin(drawable, width === 0 ? 1 : width);
    this.x = kept.map(({ x }) => x);
    this.y = kept.map(({ y }) => y);
  }
}
