import { mean } from './mean.js';

/** The mean of the values of each name, names in the order they first came in. */
export function meansBy(
  items: readonly { readonly name: string; readonly value: number }[],
): Map<string, number> {
  const values = new Map<string, number[]>();
  for (const { name, value } of items) {
    const known = values.get(name);
    if (known === undefined) values.set(name, [value]);
    else known.push(value);
  }
  return new Map([...values].map(([name, list]) => [name, mean(list)]));
}
