/** Sides of a grid, whole numbers from 1. */
export interface GridSize {
  readonly rows: number;
  readonly columns: number;
}
