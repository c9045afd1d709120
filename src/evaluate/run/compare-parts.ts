import { bootstrapInterval, type Interval } from './bootstrap-interval.js';
import { seededRandom } from './random.js';
import type { ScoredPart } from './scored-part.js';

/** With so many turns of signs a p of 0.05 is right within 0.005. */
const TURNS = 10_000;
const SEED = 11;

/** How two evaluations of the same benchmark differ, on the items both have. */
export interface PartDifference {
  readonly name: string;
  /** Score of the second less that of the first, points. */
  readonly difference: number;
  readonly interval: Interval;
  /** How likely a difference as large is if the two were the same; two-sided. */
  readonly p: number;
  readonly items: number;
}

/**
 * The paired randomisation test: under the null each item's difference might as well have the other sign.
 * Groups weigh alike, as in the score. Parts that are no means of items are left out.
 * @source Fisher 1935; Noreen 1989
 */
export function compareParts(first: readonly ScoredPart[], second: readonly ScoredPart[]): PartDifference[] {
  return first.flatMap((part) => {
    const other = second.find(({ name }) => name === part.name);
    if (part.groups === null || other?.groups == null) return [];
    const theirs = new Map(other.groups.flatMap((values) => [...values]));
    const groups = part.groups
      .map((values) =>
        [...values].flatMap(([id, value]) => {
          const their = theirs.get(id);
          return their === undefined ? [] : [100 * (their - value)];
        }),
      )
      .filter((differences) => differences.length > 0);
    return groups.length === 0 ? [] : [difference(part.name, groups)];
  });
}

function difference(name: string, groups: readonly (readonly number[])[]): PartDifference {
  const weighted = groups.flatMap((values) => values.map((value) => value / values.length / groups.length));
  const sum = weighted.reduce((total, value) => total + value, 0);
  const changed = weighted.filter((value) => value !== 0); // the others do not move whatever their sign
  const random = seededRandom(SEED);
  let asLarge = 0;
  for (let turn = 0; turn < TURNS; turn++) {
    let turned = 0;
    for (const value of changed) turned += random() < 0.5 ? value : -value;
    if (Math.abs(turned) >= Math.abs(sum) - 1e-12) asLarge++;
  }
  return {
    name,
    difference: sum,
    interval: bootstrapInterval(groups),
    p: (asLarge + 1) / (TURNS + 1),
    items: weighted.length,
  };
}
