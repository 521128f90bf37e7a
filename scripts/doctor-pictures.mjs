// The pictures of docs/doctor.md: what each finding looks like in a short run, beside one without it.
import { batchPictures } from "./doctor/batches.mjs";
import { beside } from "./doctor/beside.mjs";
import { drawing } from "./doctor/drawn.mjs";
import { languagePictures } from "./doctor/language.mjs";
import { loop } from "./doctor/loop.mjs";
import { loopPictures, meanLengths } from "./doctor/loops.mjs";
import { runPictures } from "./doctor/runs.mjs";

/** The pictures as [path, SVG], drawn by `chart`. `library` holds the names of `ascent` and of its subpaths. */
export function doctorPictures(library, chart) {
  const inLoops = [...loopPictures(library), ...batchPictures(library), ...languagePictures(library)];
  return [
    threeLoops(library, chart),
    ...runPictures(library).map(drawing(library, chart)),
    ...inLoops.map((picture) => beside(picture, chart)),
  ];
}

function threeLoops(library, chart) {
  const loops = [
    ["as it should be", (logProbs, A) => logProbs.mul(A).mean().neg(), "#3b82c4"],
    ["wrong-sign", (logProbs, A) => logProbs.mul(A).mean(), "#c2410c"],
    ["outer-product", (logProbs, A) => logProbs.mean().mul(A.mean()).neg(), "#7f8c9b"],
  ];
  const curves = loops.map(([label, loss, colour]) => {
    const y = meanLengths(loop(library, { loss }));
    return { label, x: y.map((_, i) => i + 1), y, colour };
  });
  const title = "REINFORCE by hand on CartPole: mean length of the last 20 episodes";
  return ["docs/pictures/doctor-loops.svg", chart(curves, { title, xLabel: "episode" })];
}
