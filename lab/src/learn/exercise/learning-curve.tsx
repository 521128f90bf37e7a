/** What the episodes of a training paid, and their mean over the last 100. */

const WIDTH = 600;
const HEIGHT = 200;
const LAST = 100;

export function LearningCurve({ returns }: { readonly returns: readonly number[] }) {
  const most = Math.max(1, ...returns);
  const x = (i: number): number => (i / Math.max(1, returns.length - 1)) * WIDTH;
  const y = (value: number): number => HEIGHT - (value / most) * HEIGHT;
  let sum = 0;
  const mean = returns.map((value, i) => {
    sum += value - (returns[i - LAST] ?? 0);
    return sum / Math.min(i + 1, LAST);
  });
  const last = mean.at(-1) ?? 0;
  return (
    <figure class="learning-curve">
      <svg
        viewBox={`-2 -4 ${WIDTH + 4} ${HEIGHT + 8}`}
        role="img"
        aria-label={`The last 100 episodes paid ${last.toFixed(0)} on average.`}
      >
        <line x1={0} x2={WIDTH} y1={HEIGHT} y2={HEIGHT} />
        {returns.map((value, i) => (
          <circle key={i} cx={x(i)} cy={y(value)} r={1.5} />
        ))}
        <polyline points={mean.map((value, i) => `${x(i).toFixed(1)},${y(value).toFixed(1)}`).join(" ")} />
      </svg>
      <figcaption>
        {`${returns.length} episodes, from left to right; a point is what one paid, at most ${most}. The line is the mean of the last 100: ${last.toFixed(0)} at the end.`}
      </figcaption>
    </figure>
  );
}
