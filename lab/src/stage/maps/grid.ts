/** Environments whose states are the cells of a grid. */

import { familyOf } from "../action-names.js";

export type Move = "up" | "right" | "down" | "left";

export interface Grid {
  /** Rows of letters; states are numbered row by row. */
  readonly rows: readonly string[];
  /** Where each action goes. */
  readonly moves: readonly Move[];
}

/** Letters of cells in which nothing is decided: walls, and where episodes end. */
const DEAD = "GHXC#";

const LAKES: Readonly<Record<string, string>> = {
  "4x4": "SFFF/FHFH/FFFH/HFFG",
  "8x8": "SFFFFFFF/FFFFFFFF/FFFHFFFF/FFFFFHFF/FFFHFFFF/FHHFFFHF/FHFFHFHF/FFFHFFFG",
};
const COMPASS: readonly Move[] = ["up", "right", "down", "left"];
/** A grid of more cells is not drawn. */
const MOST_CELLS = 400;

/** Undefined for other environments, and for grids that are too large. */
export function gridOf(env: string, options: Readonly<Record<string, unknown>>): Grid | undefined {
  const grid = known(familyOf(env), options);
  return grid !== undefined && grid.rows.length * grid.rows[0].length <= MOST_CELLS ? grid : undefined;
}

function known(family: string, options: Readonly<Record<string, unknown>>): Grid | undefined {
  switch (family) {
    case "FrozenLake":
    case "FrozenLake8x8": {
      const usual = LAKES[String(options.mapName ?? (family === "FrozenLake" ? "4x4" : "8x8"))];
      return { rows: rowsOf(options.desc, usual), moves: ["left", "down", "right", "up"] };
    }
    case "CliffWalking":
    case "CliffWalkingSlippery":
      return { rows: rowsOf("", "............/............/............/SCCCCCCCCCCG"), moves: COMPASS };
    case "GridWorld":
      return { rows: rowsOf(options.map, "....G/...../...../...../S...."), moves: COMPASS };
    default:
      return undefined;
  }
}

function rowsOf(map: unknown, usual: string): readonly string[] {
  return (typeof map === "string" && map !== "" ? map : usual).split("/");
}

/** Whether a policy acts in this cell. */
export function isLive(grid: Grid, state: number): boolean {
  return !DEAD.includes(letterOf(grid, state));
}

export function letterOf({ rows }: Grid, state: number): string {
  const columns = rows[0].length;
  return rows[Math.floor(state / columns)][state % columns];
}

export function sizeOf({ rows }: Grid): number {
  return rows.length * rows[0].length;
}
