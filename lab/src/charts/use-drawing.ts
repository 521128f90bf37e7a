import { effect } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { theme } from "./palette.js";
import { redrawing } from "./redraw.js";

/** Milliseconds between two drawings. */
const LEAST = 100;

/** A canvas that is drawn again when its size, the theme or a signal that `watch` reads has changed, ten times a second at most. */
export function useDrawing(
  draw: (canvas: HTMLCanvasElement, ctx: CanvasRenderingContext2D) => void,
  watch: () => void,
): RefObject<HTMLCanvasElement | null> {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const element = canvas.current;
    const ctx = element?.getContext("2d");
    if (element === null || !ctx) return undefined;
    const drawing = redrawing(element, LEAST, () => draw(element, ctx));
    const unwatch = effect(() => {
      watch();
      void theme.value;
      drawing.request();
    });
    const sized = new ResizeObserver(() => drawing.request());
    sized.observe(element);
    return () => {
      unwatch();
      sized.disconnect();
      drawing.stop();
    };
  }, []);
  return canvas;
}
