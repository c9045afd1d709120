/**
 * Reads one item ahead: while the consumer works on an item the next is being made. Never more than one, so it
 * stays lossless and bounded. An error is told in its place, after the items before it.
 */
export async function* prefetchOne<T>(source: AsyncIterable<T>): AsyncGenerator<T> {
  const iterator = source[Symbol.asyncIterator]();
  const ask = (): Promise<IteratorResult<T>> => {
    const asked = iterator.next();
    asked.catch(() => undefined); // awaited below; an error meanwhile is not an unhandled one
    return asked;
  };
  let ahead = ask();
  try {
    for (;;) {
      const result = await ahead;
      if (result.done === true) return;
      ahead = ask();
      yield result.value;
    }
  } finally {
    await iterator.return?.();
  }
}
