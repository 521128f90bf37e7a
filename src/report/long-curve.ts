import { type Dot, thin } from "../plot/thin.js";

/** The most points that are kept. The chart is about 1,000 pixels wide, and shows four points a pixel at most. */
const MOST = 8192;
/** Stretches that a curve which is too long is divided into. At most four points of each are kept. */
const STRETCHES = MOST / 8;

/** A curve that is thinned as it grows, so that its memory is bounded. Its spikes keep their height. */
export class LongCurve {
  private dots: Dot[] = [];

  add(x: number, y: number): void {
    this.dots.push({ x, y });
    if (this.dots.length > MOST) this.dots = thinned(this.dots);
  }

  get x(): number[] {
    return this.dots.map(({ x }) => x);
  }

  get y(): number[] {
    return this.dots.map(({ y }) => y);
  }
}

/** Values that can't be drawn leave a gap, which is too narrow to be seen in a curve of this length. */
function thinned(dots: readonly Dot[]): Dot[] {
  const width = (dots[dots.length - 1].x - dots[0].x) / STRETCHES;
  const drawable = dots.filter(({ y }) => Number.isFinite(y));
  return thin(drawable, width === 0 ? 1 : width);
}
