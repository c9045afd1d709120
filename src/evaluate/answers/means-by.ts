import { groupBy } from '../lists/group-by.js';
import { mean } from './mean.js';

/** The mean of the values of each name, names in the order they first came in. */
export function meansBy(
  items: readonly { readonly name: string; readonly value: number }[],
): Map<string, number> {
  const groups = groupBy(items, ({ name }) => name);
  return new Map([...groups].map(([name, list]) => [name, mean(list.map(({ value }) => value))]));
}
