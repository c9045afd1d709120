import { mean } from '../answers/mean.js';
import { seededRandom } from './random.js';

/** Enough for the first digit of an interval's ends. */
const DRAWS = 1000;
const SEED = 7;

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * The 95 percent bootstrap interval of the mean of the means of groups: items are drawn anew within each group.
 * The same values give the same interval.
 * @source Efron 1979, percentile method
 */
export function bootstrapInterval(groups: readonly (readonly number[])[]): Interval {
  const random = seededRandom(SEED);
  const draw = (values: readonly number[]): number => {
    let sum = 0;
    for (let i = 0; i < values.length; i++) sum += values[Math.floor(random() * values.length)] ?? 0;
    return sum / values.length;
  };
  const means = Float64Array.from({ length: DRAWS }, () => mean(groups.map(draw))).sort();
  return { low: means[Math.floor(DRAWS * 0.025)] ?? NaN, high: means[Math.ceil(DRAWS * 0.975) - 1] ?? NaN };
}
