/** Things that wait, first come first served within a stream; streams take turns, one thing each. */
export class StreamRounds<T extends { readonly stream: string }> {
  /** The stream whose turn it is comes first; none is empty. */
  readonly #streams = new Map<string, T[]>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  push(item: T): void {
    const line = this.#streams.get(item.stream);
    if (line === undefined) this.#streams.set(item.stream, [item]);
    else line.push(item);
    this.#size++;
  }

  /** What `take` would give. */
  peek(): T | undefined {
    for (const [first] of this.#streams.values()) return first;
    return undefined;
  }

  /** Takes one thing, and sends its stream to the end of the round. */
  take(): T | undefined {
    for (const [stream, line] of this.#streams) {
      const item = line.shift();
      this.#streams.delete(stream);
      if (line.length > 0) this.#streams.set(stream, line);
      this.#size--;
      return item;
    }
    return undefined;
  }

  /** Takes this thing out of its line; the stream keeps its turn. */
  remove(item: T): boolean {
    const line = this.#streams.get(item.stream);
    const at = line?.indexOf(item) ?? -1;
    if (line === undefined || at === -1) return false;
    line.splice(at, 1);
    if (line.length === 0) this.#streams.delete(item.stream);
    this.#size--;
    return true;
  }

  *[Symbol.iterator](): Generator<T> {
    for (const line of this.#streams.values()) yield* line;
  }
}
