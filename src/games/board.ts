/** The size of a board, and what wins on it. */
export interface Board {
  readonly rows: number;
  readonly columns: number;
  /** How many stones in a row win. */
  readonly length: number;
  /** Whether stones fall down their column. A move is then a column, otherwise a cell. */
  readonly falling: boolean;
}
