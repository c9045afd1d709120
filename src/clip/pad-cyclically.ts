/** Repeats a list from its beginning until it has so many: `[a, b]` to 5 is `[a, b, a, b, a]`. */
export function padCyclically<T>(items: readonly T[], count: number): T[] {
  const padded = items.slice(0, count);
  for (let i = 0; items.length > 0 && padded.length < count; i++) {
    const item = items[i % items.length];
    if (item !== undefined) padded.push(item);
  }
  return padded;
}
