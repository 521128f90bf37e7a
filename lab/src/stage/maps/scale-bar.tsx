import { useEffect, useRef } from "preact/hooks";
import { short } from "../../number.js";
import { colourAt } from "./colour-scale.js";

/** The legend: the colours from one end to the other, with their numbers. */
export function ScaleBar({ low, high, name }: { readonly low: number; readonly high: number; readonly name: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (context == null) return;
    const image = context.createImageData(128, 1);
    for (let i = 0; i < 128; i++) image.data.set([...colourAt(i / 127), 255], 4 * i);
    context.putImageData(image, 0, 0);
  }, []);
  return (
    <div class="scale-bar">
      <span>{short(low)}</span>
      <canvas
        ref={canvas}
        width={128}
        height={1}
        role="img"
        aria-label={`${name}: dark is ${short(low)}, yellow is ${short(high)}`}
      />
      <span>{short(high)}</span>
    </div>
  );
}
