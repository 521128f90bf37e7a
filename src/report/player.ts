import { svgFrame } from "../scene/animated-svg.js";
import type { Scene } from "../scene/scene.js";

/** The most frames in a page. Of a longer episode every second, third … is kept. */
const MOST_FRAMES = 250;
/** The width for which the frames are drawn, in pixels; the page shows them as wide as its column. */
const WIDTH = 600;

/** Scenes with a play button and a slider. Without scripts, and on paper, the last frame is shown. */
export function player(scenes: readonly Scene[], framesPerSecond: number): string {
  const every = Math.ceil(scenes.length / MOST_FRAMES);
  const kept = scenes.filter((_, i) => i % every === 0 || i === scenes.length - 1);
  const frames = kept.map((scene) => svgFrame(scene, WIDTH));
  const last = frames[frames.length - 1];
  // Beside a picture that is narrower than its column.
  const ground = scenes[0].background;
  // Most shapes of a frame are in the frame before too: each is stored once, and a frame is a list of their indices.
  const shapes = new Map<string, number>();
  const numbers = frames.map(({ content }) =>
    content.split("\n").map((shape) => {
      if (!shapes.has(shape)) shapes.set(shape, shapes.size);
      return shapes.get(shape);
    }),
  );
  // In a script element only "<" could end it early.
  const data = JSON.stringify({ every, shapes: [...shapes.keys()], frames: numbers }).replaceAll("<", "\\u003c");
  return `<div class="player">
<div id="stage"${ground === undefined ? "" : ` style="background: ${ground}"`}>${last.open}${last.content}</svg></div>
<div class="controls"><button id="toggle" type="button">Play</button>
<input id="frame" type="range" min="0" max="${frames.length - 1}" value="${frames.length - 1}" aria-label="step of the episode"><output id="step"></output></div>
</div>
<script type="application/json" id="frames">${data}</script>
<script>
(() => {
  const { every, shapes, frames } = JSON.parse(document.getElementById("frames").textContent);
  const [svg, toggle, slider, step] = ["#stage svg", "#toggle", "#frame", "#step"].map((name) => document.querySelector(name));
  const interval = ${Number(((1000 * every) / framesPerSecond).toFixed(3))};
  let began = 0, playing = false;
  const show = (i) => {
    slider.value = i;
    svg.innerHTML = frames[i].map((shape) => shapes[shape]).join("");
    step.textContent = "step " + (Math.min(i * every, ${scenes.length - 1}) + 1);
  };
  const play = (now) => {
    if (!playing) return;
    const i = Math.max(0, Math.floor((now - began) / interval)) % frames.length;
    if (i !== Number(slider.value)) show(i);
    requestAnimationFrame(play);
  };
  const set = (on) => {
    playing = on;
    toggle.textContent = on ? "Pause" : "Play";
    const first = Number(slider.value) % (frames.length - 1 || 1);
    began = performance.now() - first * interval;
    if (on) requestAnimationFrame(play);
  };
  toggle.onclick = () => set(!playing);
  slider.oninput = () => { set(false); show(Number(slider.value)); };
  addEventListener("beforeprint", () => { set(false); show(frames.length - 1); });
  show(frames.length - 1);
  if (!matchMedia("(prefers-reduced-motion: reduce)").matches) set(true);
})();
</script>`;
}
