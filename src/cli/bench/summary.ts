import { median } from './median.js';
import type { EngineReport, RoundFigures } from './report.js';

/** One row of the table: how its number is taken from a round, and whether more is better. */
export interface Row {
  readonly label: string;
  readonly unit: string;
  readonly isRate: boolean;
  readonly of: (round: RoundFigures) => number | null;
}

/** A ratio over the rounds. */
export interface Ratio {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/** How many times better one engine is than another, round by round; null when either has no figure. */
export function ratioOf(row: Row, ours: EngineReport, peer: EngineReport): Ratio | null {
  const ratios = ours.rounds.map((round, i) => {
    const [own, other] = [row.of(round), peer.rounds[i] === undefined ? null : row.of(peer.rounds[i])];
    if (own === null || other === null) return null;
    return row.isRate ? own / other : other / own;
  });
  const middle = median(ratios);
  if (middle === null) return null;
  const there = ratios.filter((ratio) => ratio !== null);
  return { median: middle, least: Math.min(...there), most: Math.max(...there) };
}
