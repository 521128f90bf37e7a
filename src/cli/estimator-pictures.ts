/** The pictures of `ascent estimators`, in the terminal and as a page. */

import { figureText } from "../figures/draw.js";
import {
  ESTIMATOR_FIGURES,
  type EstimatorFigureInput,
  type EstimatorFigureName,
  estimatorFigures,
} from "../figures/estimator-figures.js";
import { figurePage } from "../figures/page.js";
import { writeAtomically } from "../node/write-file.js";
import { colourDepth } from "./colour.js";
import { measurementTable, summary } from "./estimators-view.js";
import { wrap } from "./wrap.js";

/** The widest picture in a terminal; a file gets this width. */
const WIDEST = 100;

/** The pictures of a name, or all of them, each with its caption. */
export function picturesText(name: EstimatorFigureName | "all", input: EstimatorFigureInput): string {
  const columns = Math.min(WIDEST, process.stdout.isTTY ? process.stdout.columns : WIDEST);
  const colour = colourDepth(process.stdout, false);
  const names = name === "all" ? ESTIMATOR_FIGURES : [name];
  return names
    .flatMap((one) => estimatorFigures(one, input))
    .map((figure) => [figureText(figure, { columns, colour }), "", ...wrap(figure.caption, columns)].join("\n"))
    .join("\n\n");
}

/** Writes the table and all pictures as one page. @throws FileError */
export function writePicturePage(path: string, input: EstimatorFigureInput): void {
  const { setting, measured, episodes, seed } = input;
  const page = figurePage({
    title: `The estimator lab: ${setting.world.name}`,
    subtitle: summary(setting, measured, { episodes, seed }),
    table: measurementTable(measured, Number.POSITIVE_INFINITY),
    figures: ESTIMATOR_FIGURES.flatMap((name) => estimatorFigures(name, input)),
  });
  writeAtomically(path, page);
}
