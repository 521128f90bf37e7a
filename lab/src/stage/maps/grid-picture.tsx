import { colourAt, cssOf, inkOn, shareOf } from "./colour-scale.js";
import { type Grid, isLive, letterOf, type Move, sizeOf } from "./grid.js";
import "./maps.css";
import { ScaleBar } from "./scale-bar.js";

export interface GridPictureProps {
  readonly grid: Grid;
  readonly title: string;
  /** π(a|s) at s·A + a. */
  readonly policy: ArrayLike<number> | undefined;
  /** V(s). */
  readonly values: ArrayLike<number> | undefined;
  /** The cell that is marked. */
  readonly state?: number | undefined;
  /** Ends of the colours. Default: the smallest and the largest value of a cell where something is decided. */
  readonly ends?: readonly [number, number] | undefined;
}

const TURNS: Readonly<Record<Move, readonly [number, number]>> = {
  up: [0, -1],
  right: [1, 0],
  down: [0, 1],
  left: [-1, 0],
};
const LONGEST = 0.4;
/** Shorter arrows would be dots. */
const LEAST = 0.02;
const MEANINGS: Readonly<Record<string, string>> = {
  S: "start",
  G: "goal",
  H: "hole",
  X: "pit",
  C: "cliff",
  "#": "wall",
};

/** The grid: a cell's colour is its value, and the longer an arrow, the likelier its action. */
export function GridPicture({ grid, title, policy, values, state, ends }: GridPictureProps) {
  const columns = grid.rows[0].length;
  const cells = Array.from({ length: sizeOf(grid) }, (_, s) => s);
  const [low, high] = ends ?? endsOf(grid, values);
  const small = columns > 8;
  return (
    <figure class="grid-map">
      <figcaption>{title}</figcaption>
      <svg
        viewBox={`0 0 ${columns} ${grid.rows.length}`}
        role="img"
        aria-label={`${title}: arrows for actions, colours for values from ${low.toFixed(2)} to ${high.toFixed(2)}`}
      >
        {cells.map((s) => {
          const [x, y] = [s % columns, Math.floor(s / columns)];
          const live = isLive(grid, s);
          const share = values === undefined ? undefined : shareOf(values[s], low, high);
          const fill = live && share !== undefined ? cssOf(colourAt(share)) : undefined;
          const ink = share === undefined || !live ? undefined : inkOn(share);
          const letter = letterOf(grid, s);
          return (
            <g key={s} style={{ color: ink }}>
              <rect
                x={x}
                y={y}
                width={1}
                height={1}
                class={live ? "cell" : `cell dead ${MEANINGS[letter] ?? ""}`}
                style={{ fill }}
              />
              {MEANINGS[letter] !== undefined && (
                <text x={x + 0.06} y={y + 0.24} class="letter">
                  {live || small ? letter : MEANINGS[letter]}
                </text>
              )}
              {live && values !== undefined && !small && (
                <text x={x + 0.94} y={y + 0.93} class="value">
                  {valueText(values[s])}
                </text>
              )}
              {live &&
                policy !== undefined &&
                grid.moves.map((move, a) => (
                  <Arrow key={move} x={x + 0.5} y={y + 0.5} move={move} share={policy[s * grid.moves.length + a]} />
                ))}
              {s === state && <rect x={x + 0.04} y={y + 0.04} width={0.92} height={0.92} class="here" />}
            </g>
          );
        })}
      </svg>
      {values !== undefined && <ScaleBar low={low} high={high} name="value" />}
    </figure>
  );
}

function Arrow({
  x,
  y,
  move,
  share,
}: {
  readonly x: number;
  readonly y: number;
  readonly move: Move;
  readonly share: number;
}) {
  if (!(share > LEAST)) return null;
  const [dx, dy] = TURNS[move];
  const length = LONGEST * share;
  const [tipX, tipY] = [x + dx * length, y + dy * length];
  const head = Math.min(0.09, length * 0.5);
  const base = length - head;
  return (
    <g class="arrow">
      <line x1={x} y1={y} x2={x + dx * base} y2={y + dy * base} />
      <polygon
        points={`${tipX},${tipY} ${x + dx * base - dy * head},${y + dy * base + dx * head} ${x + dx * base + dy * head},${y + dy * base - dx * head}`}
      />
    </g>
  );
}

/** Rounded, and without the sign of a zero. */
function valueText(x: number): string {
  return (Math.round(100 * x) / 100 + 0).toFixed(2);
}

export function endsOf(grid: Grid, values: ArrayLike<number> | undefined): readonly [number, number] {
  if (values === undefined) return [0, 1];
  const live = Array.from(values).filter((_, s) => isLive(grid, s));
  return [Math.min(...live), Math.max(...live)];
}
