/**
 * Decides when charts draw: one a frame, each only so many times a second, and none that is off screen. To draw them all in
 * each frame takes the page's thread longer than a frame while training has the other cores.
 */

interface Chart {
  readonly draw: () => void;
  /** Milliseconds between two drawings. */
  readonly least: number;
  wanted: boolean;
  visible: boolean;
  drawn: number;
}

const charts = new Set<Chart>();
let scheduled = false;

function schedule(): void {
  if (scheduled) return;
  scheduled = true;
  requestAnimationFrame(frame);
}

function frame(now: number): void {
  scheduled = false;
  const waiting = [...charts].filter(({ wanted, visible }) => wanted && visible);
  const due = waiting.filter(({ drawn, least }) => now - drawn >= least);
  const next = due.reduce<Chart | undefined>(
    (oldest, chart) => (oldest && oldest.drawn <= chart.drawn ? oldest : chart),
    undefined,
  );
  if (next !== undefined) {
    next.wanted = false;
    next.drawn = now;
    next.draw();
  }
  if (waiting.length > (next === undefined ? 0 : 1)) schedule();
}

/** Watches an element, and draws into it when `request` was called and the element is in view, at most every `least` ms. */
export function redrawing(element: Element, least: number, draw: () => void): { request(): void; stop(): void } {
  const chart: Chart = { draw, least, wanted: true, visible: false, drawn: 0 };
  charts.add(chart);
  const observer = new IntersectionObserver((entries) => {
    chart.visible = entries[entries.length - 1].isIntersecting;
    if (chart.visible && chart.wanted) schedule();
  });
  observer.observe(element);
  return {
    request() {
      chart.wanted = true;
      if (chart.visible) schedule();
    },
    stop() {
      observer.disconnect();
      charts.delete(chart);
    },
  };
}
