import { type Scene, toCanvas } from "ascent/scene";
import { useEffect, useRef } from "preact/hooks";

/** A scene on a canvas, as wide as there is place. */
export function Picture({ scene, label }: { readonly scene: Scene | undefined; readonly label: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const view = scene?.view;
  const ratio =
    view === undefined ? 1.6 : Math.min(3, Math.max(0.9, (view.right - view.left) / (view.top - view.bottom)));
  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext("2d");
    if (element === null || context == null || scene === undefined) return;
    const density = Math.min(2, devicePixelRatio);
    const width = Math.round(element.clientWidth * density);
    const height = Math.round(element.clientHeight * density);
    if (element.width !== width || element.height !== height) Object.assign(element, { width, height });
    toCanvas(scene, context);
  });
  return (
    <canvas class="picture" ref={canvas} style={{ aspectRatio: String(ratio) }} role="img" aria-label={label}>
      {label}
    </canvas>
  );
}
