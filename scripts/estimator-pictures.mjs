// The pictures of docs/estimators.md. `npm run pages` draws them, and a test fails if one changes.

const WIDTH = 640;

/** The pictures as [path, `<svg>`]. `library` holds the names of `ascent/estimators` and `ascent/figures`. */
export function estimatorPictures(library) {
  return figures(library).map((figure) => [
    `docs/pictures/estimators-${figure.name}.svg`,
    library.figureSvg(figure, { width: WIDTH }),
  ]);
}

function figures(lab) {
  const named = (...names) => names.map((name) => lab.ESTIMATORS.find((estimator) => estimator.name === name));
  const settingIn = (world) => lab.settingOf(lab.worldNamed(world));
  const episodes = 4;
  const bandit = settingIn("bandit");
  const loop = settingIn("loop");
  return [
    lab.errorFigure(lab.measure(lab.ESTIMATORS, settingIn("two-step"), { episodes }), episodes),
    lab.scatterFigure(named("to-go", "td-wrong", "td"), settingIn("chain"), { episodes: 16, batches: 200, seed: 0 }),
    lab.horizonFigure(),
    lab.gammaFigure(loop),
    lab.batchFigure(bandit),
    lab.offsetFigure(bandit),
    lab.lambdaFigure(loop),
    lab.baselineFigure(settingIn("chain")),
    lab.constantFigure(bandit),
    lab.decidedFigure(),
    ...lab.dynamicsFigures(),
    lab.cartPoleFigure(),
  ];
}
